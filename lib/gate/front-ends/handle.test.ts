import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { trustedProxies } from "@/lib/http/forwarded";
import type { GateAnswer, GateQuestion } from "../question";
import { answerForwardAuth, type GateDoor, handleForwardAuth } from "./handle";
import { isForwardAuth } from "./read-question";

const allowed: GateAnswer = {
  allowed: true,
  status: 200,
  headers: { "cf-access-jwt-assertion": "t" },
};

let decide: GateDoor["decide"];
let questions: GateQuestion[] = [];
let problems: Parameters<GateDoor["report"]>[0][] = [];
let trusted = trustedProxies(["127.0.0.0/8", "::1"]);
const door: GateDoor = {
  isTrusted: (address) => trusted(address),
  countryHeader: () => "CF-IPCountry",
  decide: (question) => {
    questions.push(question);
    return decide(question);
  },
  report: (problem) => problems.push(problem),
};

let server: Server;
let port = 0;

beforeAll(async () => {
  server = createServer((req, res) => handleForwardAuth(req, res, door));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  decide = () => allowed;
  questions = [];
  problems = [];
  trusted = trustedProxies(["127.0.0.0/8", "::1"]);
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

function ask(
  path: string,
  headers: Record<string, string | string[]>,
  method = "GET",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers }, (res) => {
      let body = "";
      res.on("data", (chunk) => {
        body += chunk;
      });
      res.on("end", () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body }));
    });
    sent.on("error", reject);
    sent.end();
  });
}

const forwarded = {
  "x-forwarded-method": "POST",
  "x-forwarded-proto": "https",
  "x-forwarded-host": "App.example.com",
  "x-forwarded-uri": "/a%2Fb?c=1",
  "x-forwarded-for": "203.0.113.7",
};
const original = {
  "x-original-method": "GET",
  "x-original-url": "https://app.example.com/a?b=1",
  "x-forwarded-for": "203.0.113.7",
};
const authz = {
  host: "app.example.com:8443",
  "x-forwarded-proto": "https",
  "x-forwarded-for": "203.0.113.7",
};

describe("what each front end reads", () => {
  it.each(["caddy", "traefik", "haproxy", "apache"])(
    "%s describes the request in X-Forwarded-*",
    async (id) => {
      expect((await ask(`/forward-auth/${id}`, forwarded)).status).toBe(200);
      expect(questions[0]).toMatchObject({
        frontEnd: id,
        method: "POST",
        scheme: "https",
        host: "app.example.com",
        target: "/a%2Fb?c=1",
        ip: "203.0.113.7",
        rehearsal: false,
      });
    },
  );

  it("nginx describes it in X-Original-URL and X-Original-Method", async () => {
    expect((await ask("/forward-auth/nginx", original)).status).toBe(200);
    expect(questions[0]).toMatchObject({
      host: "app.example.com",
      target: "/a?b=1",
      method: "GET",
      rehearsal: true,
    });
  });

  it("Envoy describes it in the question's own method, authority and path", async () => {
    expect((await ask("/forward-auth/envoy/a%2Fb?c=1", authz, "DELETE")).status).toBe(200);
    expect(questions[0]).toMatchObject({
      method: "DELETE",
      host: "app.example.com:8443",
      target: "/a%2Fb?c=1",
    });
  });

  it("takes the scheme of a WebSocket for that of its handshake", async () => {
    await ask("/forward-auth/traefik", { ...forwarded, "x-forwarded-proto": "wss" });
    expect(questions[0]?.scheme).toBe("https");
  });

  it("hands on cookies and the client's own headers", async () => {
    await ask("/forward-auth/caddy", { ...forwarded, cookie: "a=1; b=2", accept: "text/html" });
    expect(questions[0]?.cookie).toBe("a=1; b=2");
    expect(questions[0]?.header("accept")).toBe("text/html");
  });

  it("reads the country from the header that was configured, and from no other", async () => {
    await ask("/forward-auth/caddy", { ...forwarded, "cf-ipcountry": "nl", "x-country": "DE" });
    expect(questions[0]?.country).toBe("NL");
    await ask("/forward-auth/caddy", { ...forwarded, "x-country": "DE" });
    expect(questions[1]?.country).toBeNull();
    await ask("/forward-auth/caddy", { ...forwarded, "cf-ipcountry": ["NL", "DE"] });
    expect(questions[2]?.country).toBeNull();
  });
});

describe("row 1: forged or missing statements of the proxy", () => {
  it("refuses every front end from an address that is not trusted", async () => {
    trusted = trustedProxies(["192.0.2.0/24"]);
    for (const id of ["nginx", "caddy", "traefik", "haproxy", "envoy/", "apache"]) {
      const headers = { ...forwarded, ...original };
      expect((await ask(`/forward-auth/${id}`, headers)).status, id).toBe(403);
    }
    expect(questions).toEqual([]);
    expect(problems.map(({ problem }) => problem)).toEqual(Array(6).fill("untrusted_proxy"));
    expect(problems[0]?.peer).toBe("127.0.0.1");
  });

  it.each(Object.keys(forwarded))(
    "refuses when %s is missing, repeated, empty or odd",
    async (name) => {
      for (const value of [undefined, "", ["http", "https"], "\u00e9 x", "https://a b"]) {
        const { [name as keyof typeof forwarded]: _, ...rest } = forwarded;
        const headers = value === undefined ? rest : { ...rest, [name]: value };
        const answer = await ask("/forward-auth/caddy", headers);
        expect(answer.status, `${name}: ${JSON.stringify(value)}`).toBe(403);
        expect(answer.body).toContain(name);
      }
      expect(questions).toEqual([]);
    },
  );

  it.each(Object.keys(original))("refuses nginx when %s is missing, empty or odd", async (name) => {
    for (const value of [undefined, "", "a b"]) {
      const { [name as keyof typeof original]: _, ...rest } = original;
      const headers = value === undefined ? rest : { ...rest, [name]: value };
      expect((await ask("/forward-auth/nginx", headers)).status).toBe(403);
    }
    expect(questions).toEqual([]);
  });

  it("does not take the headers of another proxy for its own", async () => {
    expect((await ask("/forward-auth/nginx", forwarded)).headers["x-gate-problem"]).toBe(
      "wrong_front_end",
    );
    expect((await ask("/forward-auth/caddy", original)).headers["x-gate-problem"]).toBe(
      "wrong_front_end",
    );
    expect(questions).toEqual([]);
  });

  it.each([
    "https://user@app.example.com/",
    "https://app.example.com@evil.example/",
    "https:///path",
    "https://app.example.com",
    "https://app.example.com?x",
    "https://app.example.com\\evil/",
    "ftp://app.example.com/",
    "//app.example.com/",
    "/path",
    "https://app.example.com:0/",
    "https://app.example.com:99999999/",
  ])("refuses %s as nginx's original URL", async (url) => {
    expect((await ask("/forward-auth/nginx", { ...original, "x-original-url": url })).status).toBe(
      403,
    );
    expect(questions).toEqual([]);
  });

  it("never takes the proxy's own address for the client's", async () => {
    for (const chain of ["not-an-address", ", 127.0.0.1", "unknown, 127.0.0.1"]) {
      expect(
        (await ask("/forward-auth/caddy", { ...forwarded, "x-forwarded-for": chain })).status,
      ).toBe(403);
    }
    expect(questions).toEqual([]);
  });

  it("row 25: takes the client from the end of the chain, in one spelling", async () => {
    await ask("/forward-auth/caddy", {
      ...forwarded,
      "x-forwarded-for": "198.51.100.1, 203.0.113.9, 127.0.0.1",
    });
    await ask("/forward-auth/caddy", { ...forwarded, "x-forwarded-for": "::ffff:203.0.113.9" });
    await ask("/forward-auth/caddy", { ...forwarded, "x-forwarded-for": "2001:DB8:0:0::1" });
    expect(questions.map(({ ip }) => ip)).toEqual(["203.0.113.9", "203.0.113.9", "2001:db8::1"]);
  });

  it("refuses Envoy's question with two Host headers", async () => {
    const text = await new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      let got = "";
      socket.on("data", (chunk) => {
        got += chunk;
      });
      socket.on("close", () => resolve(got));
      socket.write(
        "GET /forward-auth/envoy/ HTTP/1.1\r\nHost: app.example.com\r\nHost: other.example.com\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: 203.0.113.7\r\nConnection: close\r\n\r\n",
      );
    });
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d/);
    expect(questions).toEqual([]);
  });
});

describe("row 2: aliases of headers", () => {
  it("does not read a header by its spelling with underscores", async () => {
    const aliased = Object.fromEntries(
      Object.entries(forwarded).map(([name, value]) => [name.replaceAll("-", "_"), value]),
    );
    expect((await ask("/forward-auth/caddy", aliased)).status).toBe(403);
    await ask("/forward-auth/caddy", {
      ...forwarded,
      x_forwarded_host: "evil.example",
      x_forwarded_uri: "/public",
    });
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatchObject({ host: "app.example.com", target: "/a%2Fb?c=1" });
  });
});

describe("row 6: no magic request", () => {
  it.each([
    "/forward-auth",
    "/forward-auth/",
    "/forward-auth?x",
    "/forward-auth/NGINX",
    "/forward-auth/constructor",
    "/forward-auth/nginx%2f",
    "/forward-auth/%6eginx",
  ])("answers 404 at %s", async (path) => {
    expect(isForwardAuth(path)).toBe(true);
    expect((await ask(path, { ...forwarded, ...original })).status).toBe(404);
    expect(problems[0]?.problem).toBe("unknown_front_end");
  });

  it("refuses anything behind the address of a front end", async () => {
    for (const path of [
      "/forward-auth/caddy/",
      "/forward-auth/caddy?x",
      "/forward-auth/nginx/other",
      "/forward-auth/envoy",
      "/forward-auth/envoy?x",
    ]) {
      expect((await ask(path, { ...forwarded, ...original })).status, path).toBe(403);
    }
    expect(questions).toEqual([]);
  });

  it("is the gate's address only as a whole", () => {
    expect(
      ["/forward-authx", "/forward-auth-x", "/x/forward-auth", "/forward-aut"].some(isForwardAuth),
    ).toBe(false);
  });

  it("is no question where it leads out again (a stranger's, in the name of a proxy), and nobody else's", async () => {
    const out = [
      "/..",
      "/../",
      "/%2e%2E/x",
      "/.%2e/x",
      "/..%2f..%2Fx",
      "%2f../x",
      "/a/../../../x?y",
    ];
    decide = () => ({ allowed: true, status: 200, headers: {} });
    for (const rest of out) {
      expect(isForwardAuth(`/forward-auth/envoy${rest}`), rest).toBe(true);
      expect((await ask(`/forward-auth/envoy${rest}`, authz)).status, rest).toBe(404);
    }
    expect([questions, problems]).toEqual([[], []]);
    for (const rest of ["/..a", "/a..", "/a...", "/a%20b%2e", "/a?b=/../c", "/a?b=%2f..%2f"]) {
      expect((await ask(`/forward-auth/envoy${rest}`, authz)).status, rest).toBe(200);
    }
  });

  it.each(["OPTIONS", "HEAD", "PROPFIND"])(
    "asks the decision about %s as about any other",
    async (method) => {
      decide = () => ({ allowed: false, status: 401, headers: {} });
      expect(
        (
          await ask("/forward-auth/caddy", {
            ...forwarded,
            "x-forwarded-method": method,
            "user-agent": "kube-probe/1.0",
          })
        ).status,
      ).toBe(401);
      expect(
        (await ask("/forward-auth/envoy/", { ...authz, "user-agent": "GoogleHC/1.0" }, method))
          .status,
      ).toBe(401);
    },
  );

  it("row 26: x-middleware-subrequest opens nothing", async () => {
    decide = () => ({ allowed: false, status: 403, headers: {} });
    const headers = { ...forwarded, "x-middleware-subrequest": "middleware:middleware:middleware" };
    expect((await ask("/forward-auth/caddy", headers)).status).toBe(403);
  });
});

describe("what each proxy is answered", () => {
  const toLogin: GateAnswer = {
    allowed: false,
    status: 302,
    headers: {
      location: "https://team.example.com/login",
      "set-cookie": ["CF_AppSession=x; Path=/"],
    },
    body: "go",
  };

  it("gives nginx 401 with the way to sign in, and the whole answer when it asks for that", async () => {
    decide = () => toLogin;
    const status = await ask("/forward-auth/nginx", original);
    expect(status).toMatchObject({ status: 401, body: "" });
    expect(status.headers).toMatchObject({
      "content-length": "0",
      location: "https://team.example.com/login",
      "set-cookie": ["CF_AppSession=x; Path=/"],
    });
    const whole = await ask("/forward-auth/nginx/answer", original);
    expect(whole).toMatchObject({ status: 302, body: "go" });
    expect(questions.map(({ rehearsal }) => rehearsal)).toEqual([true, false]);
  });

  it.each(["caddy", "traefik", "haproxy", "apache", "envoy/"])(
    "gives %s the redirect, its cookie and body",
    async (id) => {
      decide = () => toLogin;
      const answer = await ask(`/forward-auth/${id}`, id === "envoy/" ? authz : forwarded);
      expect(answer).toMatchObject({ status: 302, body: "go" });
      expect(answer.headers["set-cookie"]).toEqual(["CF_AppSession=x; Path=/"]);
    },
  );

  it("turns nothing but 200, 401 and 403 towards nginx", async () => {
    for (const status of [204, 302, 303, 400, 401, 403, 404, 429, 500, 503]) {
      decide = () => ({ allowed: false, status, headers: {} });
      expect([401, 403]).toContain((await ask("/forward-auth/nginx", original)).status);
    }
  });

  it.each(["caddy", "traefik", "envoy/", "haproxy", "apache", "nginx/answer"])(
    "never gives %s what it takes for a yes where there is none",
    async (id) => {
      const headers = id === "envoy/" ? authz : id.startsWith("nginx") ? original : forwarded;
      const yes = ["caddy", "traefik"].includes(id) ? /^2/ : /^200$/;
      for (const status of [200, 201, 204, 206]) {
        decide = () => ({ allowed: false, status, headers: {} });
        const answer = await ask(`/forward-auth/${id}`, headers);
        expect(String(answer.status)).not.toMatch(yes);
        expect([204, 403]).toContain(answer.status);
      }
    },
  );

  it("gives each proxy its own answer to a preflight, Caddy as a refusal that says what it is", async () => {
    const cors = { "access-control-allow-origin": "https://pages.example.com" };
    decide = () => ({ allowed: false, status: 204, headers: cors });
    for (const id of ["envoy/", "haproxy", "apache"]) {
      const answer = await ask(`/forward-auth/${id}`, id === "envoy/" ? authz : forwarded);
      expect(answer, id).toMatchObject({ status: 204, headers: cors });
    }
    expect(await ask("/forward-auth/nginx/answer", original)).toMatchObject({ status: 204 });
    expect(await ask("/forward-auth/caddy", forwarded)).toMatchObject({
      status: 403,
      headers: { ...cors, "x-gate-preflight": "204" },
    });
    const traefik = await ask("/forward-auth/traefik", forwarded);
    expect(traefik.status).toBe(403);
    expect(traefik.body).toContain("let preflight requests through to the application");
  });

  it("answers no second question of nginx with a yes", async () => {
    expect((await ask("/forward-auth/nginx/answer", original)).status).toBe(403);
  });
});

describe("row 7: what goes wrong is never a yes", () => {
  const faults: [string, GateDoor["decide"]][] = [
    [
      "a throw",
      () => {
        throw new Error("database down");
      },
    ],
    ["a rejection", () => Promise.reject(new Error("database down"))],
    ["no answer", (() => undefined) as never],
    ["a header that cannot be sent", () => ({ ...allowed, headers: { "x-a": "a\r\nb: c" } })],
    ["a status that there is not", () => ({ allowed: false, status: 42, headers: {} })],
  ];
  it.each(faults)("%s", async (_name, faulty) => {
    decide = faulty;
    for (const [path, headers] of [
      ["/forward-auth/caddy", forwarded],
      ["/forward-auth/nginx", original],
    ] as const) {
      const status = await ask(path, headers).then(
        (answer) => answer.status,
        () => 0,
      );
      expect(status < 200 || status >= 300).toBe(true);
    }
  });

  it("waits for a decision that takes a while", async () => {
    decide = async () => allowed;
    expect((await ask("/forward-auth/caddy", forwarded)).status).toBe(200);
  });
});

describe("paths of Gatehouse itself", () => {
  it("tells that the proxy does not pass them on", async () => {
    const answer = await ask("/forward-auth/caddy", {
      ...forwarded,
      "x-forwarded-uri": "/cdn-cgi/access/authorized?nonce=1",
    });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain("handle /cdn-cgi/access/*");
    expect(problems).toMatchObject([
      { problem: "access_path_not_forwarded", host: "app.example.com" },
    ]);
  });

  it.each([
    "/cdn-cgi/access/../x",
    "/cdn-cgi/access/%2e%2e/x",
    "/cdn-cgi/access/..%2fx",
    "/cdn-cgi/access/a/../../../x?y",
    "/cdn-cgi/access//../..//x",
    "/cdn-cgi/access/..\\x",
  ])(
    "judges %s, which a proxy that is right may ask about (false alarm on demand)",
    async (uri) => {
      const answer = await ask("/forward-auth/caddy", { ...forwarded, "x-forwarded-uri": uri });
      expect(answer.status).toBe(200);
      expect(questions).toMatchObject([{ target: uri }]);
      expect(problems).toEqual([]);
    },
  );
});

describe("the same through Request and Response", () => {
  it("reads, refuses and answers alike", async () => {
    const at = (path: string, headers: Record<string, string>) =>
      new Request(`http://gate.test${path}`, { headers });
    expect(
      (await answerForwardAuth(at("/forward-auth/caddy", forwarded), "127.0.0.1", door)).status,
    ).toBe(200);
    expect((await answerForwardAuth(at("/forward-auth/caddy", forwarded), null, door)).status).toBe(
      403,
    );
    expect(
      (await answerForwardAuth(at("/forward-auth/caddy", forwarded), "198.51.100.1", door)).status,
    ).toBe(403);
    decide = () => ({
      allowed: false,
      status: 302,
      headers: { location: "/x", "set-cookie": ["a=1", "b=2"] },
    });
    const answer = await answerForwardAuth(at("/forward-auth/caddy", forwarded), "127.0.0.1", door);
    expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    decide = () => {
      throw new Error("down");
    };
    expect(
      (await answerForwardAuth(at("/forward-auth/caddy", forwarded), "127.0.0.1", door)).status,
    ).toBe(503);
  });
});
