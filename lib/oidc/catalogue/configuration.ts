import { rows } from "./row";

export const configurationRows = rows({
  bad_url: {
    title: "{Field|An address} is not a URL that can be called",
    cause: "The saved value is not a plain http or https URL.",
    fixes: ["Enter a full URL that starts with https://, without a user name in it."],
  },
  plain_http: {
    title: "{Field|An address} would send secrets unencrypted",
    cause:
      "The URL starts with http://, and its host is not on the list that Gatehouse may call without TLS.",
    fixes: [
      "Use the https:// address of your provider.",
      "If the provider is in your own network and has no TLS, an owner can add its host under Settings > System.",
    ],
  },
  no_client_secret: {
    title: "The Client secret is missing",
    cause: "Token endpoint authentication needs a Client secret, and none is saved.",
    fixes: [
      "Enter the Client secret from your provider.",
      "If your provider has none (a public client), turn on PKCE and set Token endpoint authentication to None.",
    ],
    field: "client_secret",
  },
  public_without_pkce: {
    title: "A public client without PKCE",
    cause:
      "Nothing proves to the provider that the sign-in code is redeemed by the one who asked for it.",
    fixes: ["Turn on Proof Key for Code Exchange (PKCE)."],
    field: "pkce_enabled",
  },
  took_too_long: {
    title: "The test took too long",
    cause: "All requests together took more time than a test may take.",
    fixes: [
      "See in the steps which request was slow, and check that address from the Gatehouse server.",
      "Test again.",
    ],
  },
  unexpected: {
    title: "Gatehouse could not make sense of this test",
    cause: "Something happened that Gatehouse has no name for; the server's log has the details.",
    fixes: [
      "Test again.",
      "If it happens again, send the log lines of this moment to whoever runs Gatehouse.",
    ],
  },
});
