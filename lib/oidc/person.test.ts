import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Fault, PLANTED, type Reply } from "./provider-for-tests";
import type { Outcome, PersonApi } from "./schema";
import { provider, trip, useProvider } from "./trips-for-tests";

useProvider();

/** A server of somebody else, which must never be asked for anything. */
let stranger = "";
const seen: string[] = [];
const server = createServer((request, response) => {
  seen.push(`${request.url} ${request.headers.authorization ?? "no token"}`);
  response.end("[]");
});
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  stranger = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  seen.length = 0;
});
afterAll(() => void server.close());

const apiOf = (): PersonApi => ({
  profileUrl: `${provider.origin}/api/user`,
  subject: "id",
  claimNames: { login: "preferred_username" },
  emailsUrl: `${provider.origin}/api/emails?per_page=100`,
  groups: [
    { url: `${provider.origin}/api/orgs?per_page=100`, namePaths: [["login"]] },
    {
      url: `${provider.origin}/api/teams?per_page=100`,
      namePaths: [["organization", "login"], ["slug"]],
    },
  ],
  scopes: { emails: "user:email", groups: "read:org" },
  headers: { accept: "application/json" },
});

const OWN = { email: "ada@example.com", primary: true, verified: true };
const ANSWERS: Record<string, Reply> = {
  "/api/user": { body: { id: 583_231, login: "ada", name: "Ada Lovelace", email: null } },
  "/api/emails": { body: [OWN] },
  "/api/orgs": { body: [{ login: "acme" }] },
  "/api/teams": { body: [{ slug: "platform", organization: { login: "acme" } }] },
};

type Api = NonNullable<Fault["api"]>;

function travel(changes: Record<string, Reply | Api> = {}, fault: Fault = {}): Promise<Outcome> {
  const api: Api = (url, headers) => {
    const answer = changes[url.pathname] ?? ANSWERS[url.pathname] ?? { status: 404, body: {} };
    return typeof answer === "function" ? answer(url, headers) : answer;
  };
  const connection = { personApi: apiOf(), certsUrl: "", issuer: null };
  return trip({ tokenBody: { id_token: undefined }, api, ...fault }, { connection });
}
const codes = ({ warnings }: Outcome) => warnings.map(({ code }) => code);

describe("a person who is read from an API", () => {
  it("has the subject, the verified address, and groups by the names of their parts", async () => {
    const outcome = await travel();
    expect(outcome.diagnosis).toBeNull();
    expect(outcome.status).toBe("passed");
    expect(outcome.identity).toMatchObject({
      sub: { value: "583231", source: "user_info" },
      email: { value: "ada@example.com", source: "user_info" },
      groups: { value: ["acme", "acme/platform"] },
    });
    expect(outcome.claims).toMatchObject({ idTokenPayload: null, userInfo: { sub: "583231" } });
    expect(outcome.issuer).toBeNull();
  });

  it("sends the access token and a User-Agent with every request, and nothing to the keys", async () => {
    const asked: string[] = [];
    await travel({
      "/api/user": (_, headers) => {
        asked.push(`${headers.authorization} ${headers["user-agent"]}`);
        return ANSWERS["/api/user"] as Reply;
      },
    });
    expect(asked).toEqual([`Bearer ${PLANTED.accessToken} Gatehouse`]);
    expect(provider.hits).not.toContain("/jwks");
  });

  it("is not believed by an ID token that comes along uninvited", async () => {
    const outcome = await travel({}, { tokenBody: { id_token: "not.a.token" } });
    expect(outcome.identity?.sub.value).toBe("583231");
  });

  it.each([
    ["missing", {}],
    ["null", { id: null }],
    ["an object", { id: { id: 1 } }],
    ["a fraction", { id: 1.5 }],
    ["empty", { id: "" }],
    ["on the prototype", `{"__proto__":{"id":7}}`],
  ])("cannot be told apart when the subject is %s", async (_, body) => {
    const outcome = await travel({ "/api/user": { body } });
    expect(outcome.diagnosis?.code).toBe("person_no_subject");
    expect(outcome.identity).toBeNull();
  });

  it("cannot be told apart by a number that JSON does not hold exactly", async () => {
    const outcome = await travel({ "/api/user": { body: '{"id": 9007199254740993}' } });
    expect(outcome.diagnosis?.code).toBe("person_no_subject");
  });

  it("cannot choose claims that only the engine sets", async () => {
    const forged = {
      sub: "1",
      iss: "https://evil.test",
      email: "root@example.com",
      email_verified: true,
      groups: ["acme/owners"],
    };
    const { identity, claims } = await travel({
      "/api/user": { body: { id: 583_231, login: "ada", ...forged } },
      "/api/orgs": { body: [] },
      "/api/teams": { body: [] },
    });
    expect(identity).toMatchObject({ sub: { value: "583231" }, groups: null });
    expect(identity?.email?.value).toBe("ada@example.com");
    expect(claims?.userInfo).not.toHaveProperty("iss");
  });
});

describe("the address of a person", () => {
  it.each([
    ["primary, and not verified", [{ ...OWN, verified: false }]],
    ["verified, and not primary", [{ ...OWN, primary: false }]],
    ["verified by a text", [{ ...OWN, verified: "true" }]],
    ["two addresses in one", [{ ...OWN, email: "ada@evil.test@example.com" }]],
    ["followed by what cannot be seen", [{ ...OWN, email: "ada@example.com\u200b" }]],
    ["no text", [{ ...OWN, email: ["ada@example.com"] }]],
    ["not there", []],
    ["not an object", ["ada@example.com", null, 7]],
  ])("does not count when it is %s, whatever the profile shows", async (_, body) => {
    const outcome = await travel({
      "/api/user": { body: { id: 1, login: "ada", email: "ada@example.com" } },
      "/api/emails": { body },
    });
    expect(outcome.diagnosis).toMatchObject({ code: "no_verified_email", step: "user_info" });
    expect(outcome.identity).toBeNull();
  });

  it("is found on a later page", async () => {
    const { identity } = await travel({
      "/api/emails": (url) =>
        url.searchParams.has("page")
          ? { body: [OWN] }
          : {
              body: [{ ...OWN, email: "old@example.com", primary: false }],
              headers: { link: `<${provider.origin}/api/emails?page=2>; rel="next"` },
            },
    });
    expect(identity?.email?.value).toBe("ada@example.com");
  });
});

describe("the API itself", () => {
  const limited = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" };
  it.each<[string, Reply, string]>([
    ["401", { status: 401, body: { message: "Bad credentials" } }, "person_refused"],
    ["403 without the scope", { status: 403, body: {} }, "person_no_scope"],
    ["403 at its limit", { status: 403, headers: limited, body: {} }, "person_rate_limited"],
    ["429", { status: 429, headers: { "retry-after": "30" }, body: {} }, "person_rate_limited"],
    ["500", { status: 500, body: "oops" }, "person_status"],
    ["302", { status: 302, headers: { location: "/elsewhere" }, body: "" }, "person_status"],
    ["a web page", { type: "text/html", body: "<html>" }, "person_not_json"],
    ["a list in a list", { body: `${"[".repeat(5000)}${"]".repeat(5000)}` }, "person_not_json"],
  ])("is named when the addresses answer %s", async (_, answer, code) => {
    const outcome = await travel({ "/api/emails": answer });
    expect(outcome.diagnosis?.code).toBe(code);
  });

  it("is named by its host when nobody listens there", async () => {
    const personApi = { ...apiOf(), profileUrl: "http://127.0.0.1:9/api/user" };
    const outcome = await trip(
      { tokenBody: { id_token: undefined } },
      { connection: { personApi, certsUrl: "", issuer: null } },
    );
    expect(outcome.diagnosis?.code).toMatch(/^person_/);
    expect(outcome.diagnosis?.title).toContain("The provider's API");
  });
});

describe("the groups of a person", () => {
  it.each<[string, Reply, string]>([
    ["the scope is missing", { status: 404, body: {} }, "person_groups_scope"],
    [
      "an organization wants its own sign-in",
      { status: 403, headers: { "x-github-sso": "required; url=https://x.test" }, body: {} },
      "person_groups_sso",
    ],
    ["the API fails", { status: 502, body: "" }, "person_groups_failed"],
    ["the answer is no list", { body: { teams: [] } }, "person_groups_failed"],
  ])("are missed and do not fail the sign-in when %s", async (_, answer, code) => {
    const outcome = await travel({ "/api/teams": answer });
    expect(outcome.status).toBe("passed_with_warnings");
    expect(codes(outcome)).toEqual([code]);
    expect(outcome.identity?.groups?.value).toEqual(["acme"]);
  });

  it.each([
    ["another origin", () => `${stranger}/api/teams?page=2`],
    ["another path", () => "/api/everything?page=2"],
    ["a user name", () => `${provider.origin.replace("//", "//x@")}/api/teams?page=2`],
  ])(
    "are never read from a next page at %s: the access token stays where it belongs",
    async (_, next) => {
      const outcome = await travel({
        "/api/teams": {
          ...ANSWERS["/api/teams"],
          headers: { link: `<${next()}>; rel="next"` },
        } as Reply,
      });
      expect(codes(outcome)).toEqual(["person_groups_next_page"]);
      expect(outcome.identity?.groups?.value).toContain("acme/platform");
      expect(seen).toEqual([]);
      expect(provider.hits.filter((url) => url.includes("page=2"))).toEqual([]);
    },
  );

  it("end after twenty pages, with a warning", async () => {
    let page = 0;
    const outcome = await travel({
      "/api/teams": () => {
        page += 1;
        return {
          body: [{ slug: `team-${page}`, organization: { login: "acme" } }],
          headers: { link: `</api/teams?page=${page + 1}>; rel="next"` },
        };
      },
    });
    expect(page).toBe(20);
    expect(codes(outcome)).toEqual(["person_groups_too_many"]);
  });

  it("leave out elements that are not what they should be", async () => {
    const { identity } = await travel({
      "/api/teams": {
        body: [null, 7, {}, { slug: "x" }, { slug: 1, organization: { login: "acme" } }],
      },
    });
    expect(identity?.groups?.value).toEqual(["acme"]);
  });
});
