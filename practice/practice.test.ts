import { createHash, randomBytes } from "node:crypto";
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Practice, type PracticeProvider, startPractice } from "./index";
import { signInAt } from "./sign-in";

const CALLBACK = "http://localhost:3999/cdn-cgi/access/callback";

// Keys are made and tokens signed, on whatever machine this is.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice({
    port: 0,
    redirectUris: [CALLBACK, "https://{team}.auth.example.com/cdn-cgi/access/callback"],
  });
});
afterAll(() => practice.stop());

const provider = (id: PracticeProvider["id"]): PracticeProvider => {
  const found = practice.providers.find((one) => one.id === id);
  if (!found) throw new Error(`no provider ${id}`);
  return found;
};
const base = (id: PracticeProvider["id"]) => `http://${provider(id).hostPort}`;

const discoveryUrls: Partial<Record<PracticeProvider["id"], () => string>> = {
  generic: () => base("generic"),
  okta: () => base("okta"),
  "okta-custom": () => `${base("okta-custom")}/oauth2/default`,
  authentik: () => `${base("authentik")}/application/o/gatehouse`,
  keycloak: () => `${base("keycloak")}/realms/practice`,
};

interface Discovery {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  userinfo_endpoint: string;
  jwks_uri: string;
  [key: string]: unknown;
}

const discover = async (id: PracticeProvider["id"]): Promise<Discovery> =>
  (await fetch(`${discoveryUrls[id]?.()}/.well-known/openid-configuration`)).json();

interface Flow {
  clientId?: string;
  user?: string;
  scope?: string;
  pkce?: boolean;
  redirectUri?: string;
  deny?: boolean;
  prompt?: string;
  auth?: "post" | "basic" | "none";
}

async function begin(id: PracticeProvider["id"], flow: Flow = {}) {
  const discovery = await discover(id);
  const { client_id = "", client_secret = "" } = provider(id).fields;
  const verifier = randomBytes(32).toString("base64url");
  const clientId = flow.clientId ?? client_id;
  const redirect_uri = flow.redirectUri ?? CALLBACK;
  const url = new URL(discovery.authorization_endpoint);
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri,
    response_type: "code",
    scope: flow.scope ?? "openid email profile groups",
    state: "the-state",
    nonce: "the-nonce",
    ...(flow.prompt && { prompt: flow.prompt }),
    ...(flow.pkce !== false && {
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    }),
  }).toString();
  const callback = new URL(
    await signInAt(url.href, flow.user ?? "ada", { deny: flow.deny ?? false }),
  );
  const exchange = (signal?: AbortSignal) => {
    const auth = flow.auth ?? "post";
    return fetch(discovery.token_endpoint, {
      method: "POST",
      redirect: "manual",
      signal,
      headers:
        auth === "basic" ? { authorization: `Basic ${btoa(`${clientId}:${client_secret}`)}` } : {},
      body: new URLSearchParams({
        grant_type: "authorization_code",
        code: callback.searchParams.get("code") ?? "",
        redirect_uri,
        ...(auth !== "basic" && { client_id: clientId }),
        ...(auth === "post" && { client_secret }),
        ...(flow.pkce !== false && { code_verifier: verifier }),
      }),
    });
  };
  return { discovery, callback, exchange, clientId };
}

async function tokens(id: PracticeProvider["id"], flow: Flow = {}) {
  const { exchange, ...rest } = await begin(id, flow);
  const response = await exchange();
  const body = await response.json();
  const userInfo = async () =>
    fetch(rest.discovery.userinfo_endpoint, {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
  return { ...rest, response, body, userInfo, idToken: body.id_token as string };
}

const claimsOf = async (id: PracticeProvider["id"], flow: Flow = {}) =>
  decodeJwt((await tokens(id, flow)).idToken);

describe("discovery", () => {
  test.each([
    ["generic", "", "/auth", "/token", "/jwks"],
    ["okta", "", "/oauth2/v1/authorize", "/oauth2/v1/token", "/oauth2/v1/keys"],
    [
      "okta-custom",
      "/oauth2/default",
      "/oauth2/default/v1/authorize",
      "/oauth2/default/v1/token",
      "/oauth2/default/v1/keys",
    ],
    [
      "authentik",
      "/application/o/gatehouse/",
      "/application/o/authorize/",
      "/application/o/token/",
      "/application/o/gatehouse/jwks/",
    ],
    [
      "keycloak",
      "/realms/practice",
      "/realms/practice/protocol/openid-connect/auth",
      "/realms/practice/protocol/openid-connect/token",
      "/realms/practice/protocol/openid-connect/certs",
    ],
  ] as const)(
    "%s has the paths of the product it stands for",
    async (id, issuer, auth, token, jwks) => {
      expect(await discover(id)).toMatchObject({
        issuer: `${base(id)}${issuer}`,
        authorization_endpoint: `${base(id)}${auth}`,
        token_endpoint: `${base(id)}${token}`,
        jwks_uri: `${base(id)}${jwks}`,
      });
    },
  );

  test.each(["okta", "okta-custom", "authentik"] as const)(
    "%s does not promise the iss parameter, and does not send it",
    async (id) => {
      const { discovery, callback } = await begin(id);
      expect(discovery.authorization_response_iss_parameter_supported).toBeUndefined();
      expect(callback.searchParams.has("iss")).toBe(false);
    },
  );
});

describe("a sign-in with PKCE", () => {
  test.each(["generic", "okta", "okta-custom", "authentik", "keycloak"] as const)(
    "at %s gives a signed ID token for the user, and user info with the same subject",
    async (id) => {
      const { discovery, idToken, userInfo, callback, clientId } = await tokens(id);
      expect(callback.searchParams.get("state")).toBe("the-state");
      const keys = createLocalJWKSet(await (await fetch(discovery.jwks_uri)).json());
      const { payload } = await jwtVerify(idToken, keys, {
        issuer: discovery.issuer,
        audience: clientId,
      });
      expect(payload).toMatchObject({
        nonce: "the-nonce",
        email: "ada@example.com",
        name: "Ada Lovelace",
      });
      expect(await (await userInfo()).json()).toMatchObject({
        sub: payload.sub,
        email: "ada@example.com",
      });
    },
  );

  test("gives each user their own claims, one after the other", async () => {
    const [ada, bob, eve, mallory] = [
      await claimsOf("generic", { user: "ada" }),
      await claimsOf("generic", { user: "bob" }),
      await claimsOf("generic", { user: "eve" }),
      await claimsOf("generic", { user: "mallory" }),
    ];
    expect(ada).toMatchObject({ groups: ["admins", "engineering", "Zürich office"] });
    expect(bob).not.toHaveProperty("groups");
    expect(eve).not.toHaveProperty("email");
    expect(mallory).toMatchObject({ email: "mallory@example.com", email_verified: false });
  });

  test("at the generic provider carries nested, array and odd claims", async () => {
    expect(await claimsOf("generic")).toMatchObject({
      org: { unit: { name: "Engineering unit", code: 42 } },
      roles: [{ name: "editor", scope: { app: "wiki" } }, { name: "reader" }],
      "https://acme.example/claims/department": "Engineering & more",
      "cognito:groups": ["eu-west-1:admins", "eu-west-1:engineering", "eu-west-1:Zürich office"],
      is_admin: true,
      entitlements: [],
      manager: null,
    });
  });

  test("at Keycloak carries groups as full paths", async () => {
    expect(await claimsOf("keycloak")).toMatchObject({
      groups: expect.arrayContaining(["/staff/admins"]),
    });
  });

  test("at authentik carries groups with the profile scope alone, and a hashed subject", async () => {
    const claims = await claimsOf("authentik", { scope: "openid profile" });
    expect(claims.groups).toContain("admins");
    expect(claims.sub).toMatch(/^[0-9a-f]{64}$/);
  });

  test("at Okta carries groups only with the groups scope and a filter that matches", async () => {
    expect((await claimsOf("okta")).groups).toContain("Everyone");
    expect(await claimsOf("okta", { scope: "openid profile" })).not.toHaveProperty("groups");
    expect(await claimsOf("okta", { clientId: "fault-groups-filter" })).not.toHaveProperty(
      "groups",
    );
  });

  test.each(["login", "select_account", "consent"])("meets prompt=%s", async (prompt) => {
    const { callback } = await begin("generic", { prompt });
    expect(callback.searchParams.has("code")).toBe(true);
  });

  test("keeps no session: prompt=none is refused", async () => {
    const { callback } = await begin("generic", { prompt: "none" });
    expect(callback.searchParams.get("error")).toBe("login_required");
  });

  test("may be denied by the user", async () => {
    const { callback } = await begin("generic", { deny: true });
    expect(callback.searchParams.get("error")).toBe("access_denied");
    expect(callback.searchParams.get("state")).toBe("the-state");
  });

  test("accepts any team name where the redirect URI leaves it open", async () => {
    const redirectUri = "https://acme.auth.example.com/cdn-cgi/access/callback";
    const { callback } = await begin("generic", { redirectUri });
    expect(callback.href.startsWith(redirectUri)).toBe(true);
  });
});

describe("what the provider refuses", () => {
  test.each([
    ["another path", `${CALLBACK}/`],
    ["another host below the team domain", "https://evil.example.com/cdn-cgi/access/callback"],
    ["a host that only looks like it", "https://a.b.auth.example.com/cdn-cgi/access/callback"],
  ])("a redirect URI with %s, on a page of its own", async (_, redirectUri) => {
    await expect(begin("generic", { redirectUri })).rejects.toThrow(/redirect_uri/);
  });

  test("an unknown client", async () => {
    await expect(begin("generic", { clientId: "nobody" })).rejects.toThrow(/client is invalid/);
  });

  test("a wrong password", async () => {
    const discovery = await discover("generic");
    const url = `${discovery.authorization_endpoint}?${new URLSearchParams({ client_id: "gatehouse", redirect_uri: CALLBACK, response_type: "code", scope: "openid" })}`;
    await expect(signInAt(url, "ada", { password: "wrong" })).rejects.toThrow(/401 .*not right/);
  });

  test("a wrong client secret", async () => {
    const { token_endpoint } = await discover("generic");
    const response = await fetch(token_endpoint, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "authorization_code",
        client_id: "gatehouse",
        client_secret: "wrong",
        code: "x",
        redirect_uri: CALLBACK,
      }),
    });
    expect([response.status, (await response.json()).error]).toEqual([401, "invalid_client"]);
  });

  test("authentik's token path without its slash, with a web page", async () => {
    const response = await fetch(`${base("authentik")}/application/o/token`, { method: "POST" });
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toMatch(/text\/html/);
  });
});

const header = (token: string) => decodeProtectedHeader(token);
const published = async () => {
  const { jwks_uri } = await discover("generic");
  return (await fetch(jwks_uri)).json();
};
const verifies = async (token: string) =>
  jwtVerify(token, createLocalJWKSet(await published()), { clockTolerance: 10_000 }).then(
    () => "ok",
    (error: { code: string }) => error.code,
  );
const epoch = () => Math.floor(Date.now() / 1000);

describe("faults of the ID token", () => {
  test("a forged signature has a published key id and does not verify", async () => {
    const { idToken } = await tokens("generic", { clientId: "fault-forged-signature" });
    const kids = (await published()).keys.map(({ kid }: { kid: string }) => kid);
    expect(kids).toContain(header(idToken).kid);
    expect(await verifies(idToken)).toBe("ERR_JWS_SIGNATURE_VERIFICATION_FAILED");
  });

  test("an unknown key id is not published", async () => {
    const { idToken } = await tokens("generic", { clientId: "fault-unknown-kid" });
    expect(await verifies(idToken)).toBe("ERR_JWKS_NO_MATCHING_KEY");
  });

  test.each([
    ["fault-wrong-audience", { aud: "some-other-app" }],
    ["fault-wrong-issuer", { iss: "https://other.example.com" }],
    ["fault-wrong-nonce", { nonce: "from-another-sign-in" }],
    ["variant-es256", { nonce: "the-nonce" }],
  ])("%s is signed well", async (clientId, wrong) => {
    const { idToken } = await tokens("generic", { clientId });
    expect(await verifies(idToken)).toBe("ok");
    expect(decodeJwt(idToken)).toMatchObject(wrong);
  });

  test.each([
    ["fault-no-nonce", "nonce"],
    ["fault-no-email", "email"],
    ["variant-user-info", "email"],
    ["variant-user-info", "groups"],
  ])("%s lacks the %s claim", async (clientId, claim) => {
    expect(await claimsOf("generic", { clientId })).not.toHaveProperty(claim);
  });

  test("no email address is not at user info either", async () => {
    const { userInfo } = await tokens("generic", { clientId: "fault-no-email" });
    expect(await (await userInfo()).json()).not.toHaveProperty("email");
  });

  test("a clock that is behind shows in the claims and in the Date header", async () => {
    const { idToken, response } = await tokens("generic", { clientId: "fault-expired" });
    expect(decodeJwt(idToken).exp).toBeLessThan(epoch() - 600);
    expect(Date.parse(response.headers.get("date") ?? "")).toBeLessThan(Date.now() - 600_000);
  });

  test.each([
    ["fault-future", true],
    ["fault-future-iat", false],
  ])("%s has a clock that is ahead; not-before: %s", async (clientId, nbf) => {
    const claims = await claimsOf("generic", { clientId });
    expect(claims.iat).toBeGreaterThan(epoch() + 600);
    expect("nbf" in claims).toBe(nbf);
  });

  test.each([
    ["fault-alg-none", "none"],
    ["fault-hs256", "HS256"],
    ["variant-es256", "ES256"],
  ])("%s is of algorithm %s", async (clientId, alg) => {
    const { idToken } = await tokens("generic", { clientId });
    expect(header(idToken).alg).toBe(alg);
  });

  test("hs256 verifies with the client secret, as algorithm confusion needs", async () => {
    const { idToken } = await tokens("generic", { clientId: "fault-hs256" });
    const secret = new TextEncoder().encode(provider("generic").fields.client_secret);
    await expect(jwtVerify(idToken, secret)).resolves.toBeTruthy();
  });

  test("an encrypted token has five parts, a garbled one has one, an absent one none", async () => {
    const parts = async (clientId: string) =>
      (await tokens("generic", { clientId })).idToken?.split(".").length ?? 0;
    expect([
      await parts("fault-encrypted"),
      await parts("fault-garbled-id-token"),
      await parts("fault-no-id-token"),
    ]).toEqual([5, 1, 0]);
  });

  test("hostile claims reach the client as they are", async () => {
    const { idToken } = await tokens("generic", { clientId: "variant-hostile-claims" });
    const payload = Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString();
    expect(payload).toContain('"__proto__":{"polluted":"yes"}');
    expect(payload).toContain("<script>alert(1)</script>");
    expect(await verifies(idToken)).toBe("ok");
  });
});

describe("faults of the token endpoint", () => {
  test.each([
    ["fault-invalid-client", 401, /"invalid_client"/],
    ["fault-invalid-client-challenge", 401, /"invalid_client"/],
    ["fault-secret-echo", 401, /practice-secret-for-this-machine-only/],
    ["fault-invalid-grant", 400, /"invalid_grant"/],
    ["fault-token-html", 200, /<!doctype html>/],
    ["fault-token-500", 500, /Internal Server Error/],
    ["fault-token-truncated", 200, /"access_token"/],
    ["fault-token-redirect", 302, /^$/],
    ["fault-token-huge", 200, /x{1000}/],
    ["variant-basic", 401, /"invalid_client"/],
    ["variant-basic-without-encoding", 401, /"invalid_client"/],
    ["variant-public", 401, /"invalid_client"/],
  ])("%s answers a client secret in the body with %i", async (clientId, status, body) => {
    const { exchange } = await begin("generic", { clientId });
    const response = await exchange();
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(body);
  });

  test("a challenge names the scheme", async () => {
    const { exchange } = await begin("generic", { clientId: "fault-invalid-client-challenge" });
    expect((await exchange()).headers.get("www-authenticate")).toMatch(/^Basic .*invalid_client/);
  });

  test("a truncated answer is not JSON", async () => {
    const { exchange } = await begin("generic", { clientId: "fault-token-truncated" });
    await expect((await exchange()).json()).rejects.toThrow(SyntaxError);
  });

  test.each([
    ["variant-basic", "basic"],
    ["variant-basic-without-encoding", "basic"],
    ["gatehouse", "basic"],
    ["variant-public", "none"],
  ] as const)("%s accepts %s", async (clientId, auth) => {
    expect((await tokens("generic", { clientId, auth })).response.status).toBe(200);
  });

  test("a token URL that hangs says nothing, and lets go when the client does", async () => {
    const { exchange } = await begin("generic", { clientId: "fault-token-hang" });
    await expect(exchange(AbortSignal.timeout(300))).rejects.toThrow(/timeout/);
  });
});

describe("faults of the callback", () => {
  const params = async (clientId: string, flow: Flow = {}) =>
    Object.fromEntries((await begin("generic", { clientId, ...flow })).callback.searchParams);

  test.each([
    ["fault-access-denied", { error: "access_denied", state: "the-state" }],
    ["fault-invalid-scope", { error: "invalid_scope", state: "the-state" }],
    ["fault-wrong-state", { state: "from-another-sign-in" }],
    ["fault-wrong-iss-parameter", { iss: "https://other.example.com" }],
    ["fault-error-without-state", { error: "server_error" }],
  ])("%s", async (clientId, expected) => {
    expect(await params(clientId)).toMatchObject(expected);
  });

  test.each([
    ["fault-no-code", "code"],
    ["fault-no-state", "state"],
    ["fault-error-without-state", "state"],
    ["fault-access-denied", "code"],
  ])("%s lacks the %s parameter", async (clientId, name) => {
    expect(await params(clientId)).not.toHaveProperty(name);
  });

  test("PKCE is demanded by name, and enough", async () => {
    expect(await params("fault-requires-pkce", { pkce: false })).toMatchObject({
      error: "invalid_request",
      error_description: expect.stringContaining("code_challenge"),
    });
    expect(await params("fault-requires-pkce")).toHaveProperty("code");
  });

  test("a fault is no way around the redirect URI check", async () => {
    const redirectUri = "https://evil.example.com/callback";
    await expect(
      begin("generic", { clientId: "fault-invalid-scope", redirectUri }),
    ).rejects.toThrow(/redirect_uri/);
  });
});

describe("faults of user info", () => {
  test.each([
    ["fault-user-info-other-sub", 200, /"somebody-else"/],
    ["fault-user-info-401", 401, /invalid_token/],
    ["fault-user-info-html", 200, /<!doctype html>/],
  ])("%s answers %i, and the ID token has no email", async (clientId, status, body) => {
    const { userInfo, idToken } = await tokens("generic", { clientId });
    expect(decodeJwt(idToken)).not.toHaveProperty("email");
    const response = await userInfo();
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(body);
  });
});

describe("faulty addresses", () => {
  const visit = (id: string, init: RequestInit = {}) =>
    fetch(`${base("generic")}/faults/${id}`, { redirect: "manual", ...init });

  test.each([
    ["jwks-html", 200, /<!doctype html>/],
    ["jwks-empty", 200, /^\{\}$/],
    ["jwks-404", 404, /Not Found/],
    ["jwks-other-keys", 200, /"kid"/],
    ["discovery-html", 200, /<!doctype html>/],
    ["discovery-redirect-other-host/.well-known/openid-configuration", 302, /^$/],
    ["discovery-wrong-issuer", 200, /other\.example\.com/],
    ["discovery-private/.well-known/openid-configuration", 200, /169\.254\.169\.254/],
    ["discovery-proto", 200, /"__proto__":\{"polluted"/],
    ["discovery-deep", 200, /\[{1000}/],
    ["discovery-unheard-of", 404, /Not [Ff]ound/],
  ])("%s answers %i", async (id, status, body) => {
    const response = await visit(id);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(body);
  });

  test("other keys are not the provider's own", async () => {
    const { keys } = await (await visit("jwks-other-keys")).json();
    const kids = (await published()).keys.map(({ kid }: { kid: string }) => kid);
    expect(kids).not.toContain(keys[0].kid);
  });

  test("a partial document has no jwks_uri, and a token that matches its issuer", async () => {
    const document = await (await visit("discovery-partial")).json();
    expect(document).not.toHaveProperty("jwks_uri");
    const claims = await claimsOf("generic", { clientId: "fault-discovery-partial" });
    expect(claims.iss).toBe(document.issuer);
  });

  test("a huge document is larger than anybody needs", async () => {
    expect((await (await visit("discovery-huge")).text()).length).toBeGreaterThan(4 * 2 ** 20);
  });

  test.each(["jwks-hang", "discovery-hang"])("%s does not answer", async (id) => {
    await expect(visit(id, { signal: AbortSignal.timeout(300) })).rejects.toThrow(/timeout/);
  });
});

describe("Okta's API of groups", () => {
  const groups = (path: string, token = provider("okta").fields.api_token) =>
    fetch(new URL(path, base("okta")), { headers: { authorization: `SSWS ${token}` } });
  const nextOf = (response: Response) =>
    /<([^>]*)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
  const faultToken = (id: string) =>
    provider("okta").faults.find(({ clientId }) => clientId === id)?.fields?.api_token;

  test("pages through 250 groups by opaque links, under the subject of the ID token", async () => {
    const { sub } = await claimsOf("okta", { user: "grace" });
    const first = await groups(`/api/v1/users/${sub}/groups?limit=200`);
    const second = await groups(nextOf(first) ?? "");
    const [head, tail] = [await first.json(), await second.json()];
    expect([head.length, tail.length, nextOf(second)]).toEqual([200, 50, undefined]);
    const names = [...head, ...tail].map((group) => group.profile.name);
    expect(new Set(names).size).toBe(250);
    expect(names[0]).toBe("Everyone");
    expect(first.headers.get("x-rate-limit-reset")).toMatch(/^\d{10}$/);
  });

  test.each(["okta", "okta-custom"] as const)(
    "is needed, because %s cuts the claim",
    async (id) => {
      expect((await claimsOf(id, { user: "grace" })).groups).toHaveLength(100);
    },
  );

  test.each([
    ["a token that it does not know", () => "00nonsense", "grace", 401, "E0000011"],
    ["no token", () => "", "grace", 401, "E0000011"],
    ["a user that it does not know", () => undefined, "nobody", 404, "E0000007"],
    ["a user of another name", () => undefined, "%zz", 404, "E0000007"],
    ["too many requests", () => faultToken("fault-api-too-often"), "grace", 429, "E0000047"],
  ])("refuses %s", async (_name, token, user, status, errorCode) => {
    const response = await groups(`/api/v1/users/${user}/groups`, token());
    expect([response.status, (await response.json()).errorCode]).toEqual([status, errorCode]);
  });

  test("names a next page elsewhere when told to", async () => {
    const token = faultToken("fault-api-next-elsewhere");
    expect(nextOf(await groups("/api/v1/users/grace/groups", token))).toMatch(
      /^https:\/\/other\.example\.com\/api\/v1\/users\/grace\/groups\?after=/,
    );
  });
});

describe("faults of the other products", () => {
  test("Okta refuses a user who is not assigned, in Okta's words", async () => {
    const { callback } = await begin("okta", { clientId: "fault-not-assigned" });
    expect(Object.fromEntries(callback.searchParams)).toMatchObject({
      error: "access_denied",
      error_description: "User is not assigned to the client application.",
    });
  });

  test("an Okta authorization server without a groups scope refuses only that scope", async () => {
    const clientId = "fault-groups-scope";
    const error = async (scope: string) =>
      (await begin("okta-custom", { clientId, scope })).callback.searchParams.get("error");
    expect(await error("openid groups")).toBe("invalid_scope");
    expect(await error("openid email")).toBeNull();
  });

  test("authentik without a signing key signs with the secret and publishes no key", async () => {
    const { idToken } = await tokens("authentik", { clientId: "fault-no-signing-key" });
    expect(header(idToken).alg).toBe("HS256");
    const jwks = await fetch(`${base("authentik")}/application/o/no-signing-key/jwks/`);
    expect(await jwks.json()).toEqual({});
  });

  test("authentik with one issuer for all names its own address", async () => {
    const claims = await claimsOf("authentik", { clientId: "variant-global-issuer" });
    expect(claims.iss).toBe(`${base("authentik")}/`);
  });
});

describe("what it tells about itself", () => {
  test("every fault has its own client id and its own words", () => {
    for (const { faults, fields } of practice.providers) {
      const ids = [fields.client_id, ...faults.map(({ clientId }) => clientId)];
      expect(new Set(ids).size).toBe(ids.length);
      expect(new Set(faults.map(({ title }) => title)).size).toBe(faults.length);
    }
  });

  test("the first page shows every provider, user and fault, from its own origin alone", async () => {
    const response = await fetch(`${base("generic")}/`);
    const page = await response.text();
    for (const { label, users, faults } of practice.providers) {
      for (const text of [label, ...users.map(({ login }) => login)]) expect(page).toContain(text);
      for (const { clientId } of faults) expect(page).toContain(clientId);
    }
    expect(page).not.toMatch(/\{base\}|undefined|\[object/);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("a fault of an address gives the value to paste", () => {
    const fault = provider("generic").faults.find(({ clientId }) => clientId === "fault-jwks-html");
    expect(fault?.fields).toEqual({ certs_url: `${base("generic")}/faults/jwks-html` });
  });

  test("a second practice on the same ports says so, and leaves nothing running", async () => {
    const port = Number(new URL(base("generic")).port);
    await expect(startPractice({ port, redirectUris: [CALLBACK] })).rejects.toThrow(/EADDRINUSE/);
  });
});
