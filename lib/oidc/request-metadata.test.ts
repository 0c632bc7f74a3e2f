import { describe, expect, test } from "vitest";
import { readDocument } from "./discovery-document";

const document = (more: Record<string, unknown>) => ({
  issuer: "https://idp.test",
  authorization_endpoint: "https://idp.test/authorize",
  token_endpoint: "https://idp.test/token",
  jwks_uri: "https://idp.test/jwks",
  token_endpoint_auth_methods_supported: ["client_secret_post"],
  ...more,
});
const read = (more: Record<string, unknown>) =>
  readDocument(document(more), "https://idp.test/.well-known/openid-configuration");

const aliases = {
  mtls_endpoint_aliases: {
    token_endpoint: "https://mtls.idp.test/token",
    userinfo_endpoint: "https://mtls.idp.test/me",
    pushed_authorization_request_endpoint: "javascript:alert(1)",
  },
};

describe("what discovery says of requests", () => {
  test("fills the address of pushed requests, and says when nothing else is taken", () => {
    const report = read({
      pushed_authorization_request_endpoint: "https://idp.test/par",
      require_pushed_authorization_requests: true,
    });
    expect(report.discovered.par_url).toBe("https://idp.test/par");
    expect(report.tips?.join()).toContain("takes pushed authorization requests only");
  });

  test("only tells of an address for pushed requests that may be used or not", () => {
    const report = read({ pushed_authorization_request_endpoint: "https://idp.test/par" });
    expect(report.discovered).not.toHaveProperty("par_url");
    expect(report.tips?.join()).toContain("enter https://idp.test/par as Pushed");
  });

  test("suggests DPoP where its signature is known, and never turns it on", () => {
    const report = read({ dpop_signing_alg_values_supported: ["ES256"] });
    expect(report.tips?.join()).toContain("DPoP");
    expect(report.discovered).not.toHaveProperty("dpop");
    expect(read({ dpop_signing_alg_values_supported: ["RS256"] }).tips).toEqual([]);
  });

  test("names the addresses for a client certificate beside those for a secret", () => {
    const report = read({
      token_endpoint_auth_methods_supported: ["client_secret_post", "tls_client_auth"],
      ...aliases,
    });
    expect(report.discovered.token_url).toBe("https://idp.test/token");
    expect(report.tips).toEqual([
      "With a client certificate, this provider has other addresses: Token URL https://mtls.idp.test/token, User info URL https://mtls.idp.test/me.",
    ]);
  });

  test("fills them where a certificate is the only way", () => {
    const report = read({
      token_endpoint_auth_methods_supported: ["tls_client_auth", "self_signed_tls_client_auth"],
      ...aliases,
    });
    expect(report.discovered).toMatchObject({
      token_url: "https://mtls.idp.test/token",
      userinfo_url: "https://mtls.idp.test/me",
    });
    expect(report.discovered).not.toHaveProperty("par_url");
  });

  test.each([
    { mtls_endpoint_aliases: "x" },
    { mtls_endpoint_aliases: [1] },
    JSON.parse('{"__proto__":{"require_pushed_authorization_requests":true}}'),
  ])("takes no harm from %j", (more) => expect(read(more).tips).toEqual([]));
});
