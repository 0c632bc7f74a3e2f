import type { RequestListener } from "node:http";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as jose from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { EvaluationAnswer } from "./answer";
import { askAll, askEvaluator, type Question } from "./ask";

interface Claims {
  success?: unknown;
  nonce?: unknown;
  exp?: unknown;
  iat?: number;
}
interface Asked {
  nonce: string;
  identity: { email: string };
}

const TEAM = "https://team.example.com";
let ours: jose.GenerateKeyPairResult;
let theirs: jose.GenerateKeyPairResult;
let server: Server;
let origin: string;
let question: Question;

/** What each test may bend. */
let answer: (asked: Asked) => Promise<{ status?: number; body: string }>;
let keys: () => unknown;
let seen: { method: string | undefined; type: string | undefined; asked: Asked } | null;

const now = () => Math.floor(Date.now() / 1000);
const good = ({ nonce }: Asked): Claims => ({
  success: true,
  nonce,
  iat: now(),
  exp: now() + 60,
});

async function signed(claims: Claims, key = theirs.privateKey, alg = "RS256"): Promise<string> {
  const token = await new jose.SignJWT({ ...claims } as jose.JWTPayload)
    .setProtectedHeader({ alg, kid: "theirs" })
    .sign(key);
  return JSON.stringify({ token });
}

/** A faithful evaluator: it verifies the question before it answers. */
const listener: RequestListener = async (req, res) => {
  if (req.url === "/keys") {
    res.end(JSON.stringify(keys()));
    return;
  }
  const body = JSON.parse(Buffer.concat(await req.toArray()).toString()) as { token: string };
  const { payload } = await jose.jwtVerify(body.token, ours.publicKey, { issuer: TEAM });
  const asked = payload as unknown as Asked;
  seen = { method: req.method, type: req.headers["content-type"], asked };
  const { status = 200, body: text } = await answer(asked);
  res.writeHead(status, status === 302 ? { location: "/elsewhere" } : {});
  res.end(text);
};

beforeAll(async () => {
  ours = await jose.generateKeyPair("RS256");
  theirs = await jose.generateKeyPair("RS256");
  server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  question = {
    identity: { email: "ada@example.com" },
    issuer: TEAM,
    sign: (payload) =>
      new jose.SignJWT({ ...payload }).setProtectedHeader({ alg: "RS256" }).sign(ours.privateKey),
    policy: { allow: ["127.0.0.1"] },
  };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  seen = null;
  const jwk = { ...(await jose.exportJWK(theirs.publicKey)), kid: "theirs", alg: "RS256" };
  keys = () => ({ keys: [jwk] });
  answer = async (asked) => ({ body: await signed(good(asked)) });
});

const ask = (over: Partial<Question> = {}) =>
  askEvaluator(
    { evaluateUrl: `${origin}/evaluate`, keysUrl: `${origin}/keys` },
    { ...question, ...over },
  );

describe("an external evaluation", () => {
  it("is told who the person is, and its yes counts", async () => {
    expect(await ask()).toBe(true);
    expect(seen).toMatchObject({
      method: "POST",
      type: "application/json",
      asked: { identity: { email: "ada@example.com" }, nonce: expect.stringMatching(/^.{43}$/) },
    });
  });

  it("decides for itself", async () => {
    answer = async (asked) => ({
      body: await signed({ ...good(asked), success: asked.identity.email === "bob@example.com" }),
    });
    expect(await ask()).toBe(false);
    expect(await ask({ identity: { email: "bob@example.com" } })).toBe(true);
  });

  it("asks with a nonce of its own each time", async () => {
    await ask();
    const first = seen?.asked.nonce;
    await ask();
    expect(seen?.asked.nonce).not.toBe(first);
  });

  it("is no token of an application: it has another type, and no audience", async () => {
    await ask();
    expect(seen?.asked).toMatchObject({ type: "external_evaluation" });
    expect(seen?.asked).not.toHaveProperty("aud");
  });
});

describe("anything but a signed yes is a no", () => {
  const bent: [string, EvaluationAnswer, (claims: Claims) => Claims][] = [
    ["says no", false, (claims) => ({ ...claims, success: false })],
    ["says yes as a text", "claims", (claims) => ({ ...claims, success: "true" })],
    ["says 1", "claims", (claims) => ({ ...claims, success: 1 })],
    ["says nothing", "claims", ({ success: _, ...claims }) => claims],
    ["replays another nonce", "nonce", (claims) => ({ ...claims, nonce: "n".repeat(43) })],
    ["leaves out the nonce", "nonce", ({ nonce: _, ...claims }) => claims],
    ["has expired", "expired", (claims) => ({ ...claims, exp: now() - 1 })],
    ["never expires", "expired", ({ exp: _, ...claims }) => claims],
    ["expires at a text", "expired", (claims) => ({ ...claims, exp: "tomorrow" })],
  ];
  it.each(bent)("an answer that %s: %s", async (_what, why, bend) => {
    answer = async (asked) => ({ body: await signed(bend(good(asked))) });
    expect(await ask()).toBe(why);
  });

  it("signed by a key that the Keys URL does not publish", async () => {
    const stranger = await jose.generateKeyPair("RS256");
    answer = async (asked) => ({ body: await signed(good(asked), stranger.privateKey) });
    expect(await ask()).toBe("signature");
  });

  it("not signed at all (alg none)", async () => {
    answer = async (asked) => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
      return { body: JSON.stringify({ token: `${part({ alg: "none" })}.${part(good(asked))}.` }) };
    };
    expect(await ask()).toBe("signature");
  });

  it("signed by HMAC with the public key as its secret", async () => {
    const pem = await jose.exportSPKI(theirs.publicKey);
    answer = async (asked) => {
      const token = await new jose.SignJWT({ ...good(asked) } as jose.JWTPayload)
        .setProtectedHeader({ alg: "HS256", kid: "theirs" })
        .sign(Buffer.from(pem));
      return { body: JSON.stringify({ token }) };
    };
    expect(await ask()).toBe("signature");
  });

  it("signed by an elliptic curve: RSA only", async () => {
    const curve = await jose.generateKeyPair("ES256");
    const jwk = { ...(await jose.exportJWK(curve.publicKey)), kid: "theirs" };
    keys = () => ({ keys: [jwk] });
    answer = async (asked) => ({ body: await signed(good(asked), curve.privateKey, "ES256") });
    expect(await ask()).toBe("signature");
  });

  it("our own question, reflected", async () => {
    let question = "";
    const sign = async (payload: object) => {
      question = await new jose.SignJWT({ ...payload, success: true })
        .setProtectedHeader({ alg: "RS256" })
        .sign(ours.privateKey);
      return question;
    };
    answer = async () => ({ body: JSON.stringify({ token: question }) });
    expect(await ask({ sign })).toBe("signature");
  });

  it.each([
    ["an error", 500, "{}", "evaluate_status"],
    ["a redirect", 302, "", "evaluate_status"],
    ["a page", 200, "<html></html>", "evaluate_unreadable"],
    ["no token", 200, "{}", "evaluate_unreadable"],
    ["too much", 200, JSON.stringify({ token: "x".repeat(70_000) }), "evaluate_too_large"],
  ])("%s in place of an answer", async (_what, status, body, why) => {
    answer = async () => ({ status, body });
    expect(await ask()).toBe(why);
  });

  it.each([
    ["nothing", "keys_unreadable"],
    [{ keys: "none" }, "keys_unreadable"],
    [{ keys: [] }, "signature"],
    [null, "keys_unreadable"],
  ])("keys that are none: %j", async (published, why) => {
    keys = () => published;
    expect(await ask()).toBe(why);
  });

  it("SSRF: an evaluator on a private network that nobody allowed is not asked", async () => {
    expect(await ask({ policy: { allow: [] } })).toMatch(/^(evaluate|keys)_blocked$/);
    expect(seen).toBeNull();
  });

  it("a key of ours that cannot sign", async () => {
    expect(await ask({ sign: () => Promise.reject(new Error("no key")) })).toBe(
      "unsigned_question",
    );
  });
});

describe("several evaluations", () => {
  it("are answered by their Evaluate URL", async () => {
    const yes = { evaluateUrl: `${origin}/evaluate`, keysUrl: `${origin}/keys` };
    const no = { evaluateUrl: `${origin}/evaluate?other`, keysUrl: "http://127.0.0.1:1/keys" };
    expect(await askAll([yes, no], question)).toEqual({
      [yes.evaluateUrl]: true,
      [no.evaluateUrl]: expect.stringMatching(/^keys_/),
    });
    expect(await askAll([], question)).toEqual({});
  });

  it("must agree where they share their Evaluate URL", async () => {
    const yes = { evaluateUrl: `${origin}/evaluate`, keysUrl: `${origin}/keys` };
    const other = { ...yes, keysUrl: "http://127.0.0.1:1/keys" };
    expect(await askAll([yes, other], question)).toEqual({ [yes.evaluateUrl]: expect.any(String) });
    expect(await askAll([other, yes], question)).toEqual({ [yes.evaluateUrl]: expect.any(String) });
  });
});
