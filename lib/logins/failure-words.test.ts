import { describe, expect, it } from "vitest";
import { catalogue, type DiagnosisCode } from "@/lib/oidc/catalogue";
import { failureWords } from "./failure-words";

const titleOf = (code: string): string => failureWords(code, "Okta").title;

describe("what people read about a failed sign-in", () => {
  it.each([
    ["access_denied", "You were not signed in"],
    ["invalid_grant", "The sign-in was not completed"],
    ["no_email", "Your account has no email address that counts"],
    ["tenant_not_allowed", "That account is of another organization"],
    ["token_refused", "Okta does not answer as it should"],
    ["token_timeout", "Okta does not answer as it should"],
    ["jwks_server_error", "Okta does not answer as it should"],
    ["userinfo_rate_limited", "Okta does not answer as it should"],
    ["invalid_client", "Signing in with Okta does not work at the moment"],
    ["token_tls_untrusted", "Signing in with Okta does not work at the moment"],
    ["iss_mismatch", "Signing in with Okta does not work at the moment"],
    ["constructor", "Signing in with Okta does not work at the moment"],
  ])("%s: %s", (code, title) => {
    expect(titleOf(code)).toBe(title);
  });

  it("says something about every diagnosis, and nothing of its details", () => {
    for (const code of Object.keys(catalogue) as DiagnosisCode[]) {
      const { title, why, fixes } = failureWords(code, "Okta");
      const text = [title, why, ...fixes].join(" ");
      expect(fixes.length).toBeGreaterThan(0);
      expect(text).not.toMatch(/URL|secret|client|token|claim|redirect|JWKS|\{/i);
    }
  });
});
