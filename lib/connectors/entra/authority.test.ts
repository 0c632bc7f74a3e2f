import { describe, expect, it } from "vitest";
import { discoveryOf, endpointsAt, issuerAt, parseAuthority } from "./authority";

const ID = "72f988bf-86f1-41af-91ab-2d7cd011db47";

describe("an authority of Microsoft Entra ID", () => {
  it.each([
    [ID, ID, null],
    [` ${ID.toUpperCase()} `, ID, null],
    ["contoso.onmicrosoft.com", "contoso.onmicrosoft.com", null],
    ["Contoso.COM", "contoso.com", null],
    ["common", "common", null],
    [`https://login.microsoftonline.com/${ID}/v2.0`, ID, "default"],
    [
      `https://login.microsoftonline.com/${ID}/v2.0/.well-known/openid-configuration`,
      ID,
      "default",
    ],
    [`login.microsoftonline.us/${ID}/oauth2/v2.0/authorize`, ID, "us_government"],
    [`https://login.partner.microsoftonline.cn/contoso.cn/v2.0`, "contoso.cn", "china"],
    [`https://sts.windows.net/${ID}/`, ID, "default"],
    ["https://login.microsoftonline.com/organizations/v2.0", "organizations", "default"],
  ])("reads %j", (typed, tenant, cloud) =>
    expect(parseAuthority(typed)).toEqual({ tenant, cloud }),
  );

  it.each([
    "",
    "contoso",
    "72f988bf-86f1-41af-91ab",
    `https://login.microsoftonline.com.evil.test/${ID}/v2.0`,
    `https://evil.test/${ID}/v2.0`,
    "https://login.microsoftonline.com/",
    "https://login.microsoftonline.com/..%2f/v2.0",
    "https://ada:pw@login.microsoftonline.com/common/v2.0",
    "con toso.com",
    "a/b.com",
    null,
    7,
  ])("does not take %j for one", (typed) => expect(parseAuthority(typed)).toBeNull());

  it("names the issuer of a tenant by its ID, and of a domain only by its document", () => {
    expect(issuerAt("default", ID)).toBe(`https://login.microsoftonline.com/${ID}/v2.0`);
    expect(issuerAt("us_government", "common")).toBe(
      "https://login.microsoftonline.us/{tenantid}/v2.0",
    );
    expect(issuerAt("default", "contoso.com")).toBeNull();
  });

  it("has version 2.0 endpoints in the chosen cloud", () => {
    expect(discoveryOf("china", "common")).toBe(
      "https://login.partner.microsoftonline.cn/common/v2.0/.well-known/openid-configuration",
    );
    expect(endpointsAt("us_government", "contoso.com")).toEqual({
      authUrl: "https://login.microsoftonline.us/contoso.com/oauth2/v2.0/authorize",
      tokenUrl: "https://login.microsoftonline.us/contoso.com/oauth2/v2.0/token",
      certsUrl: "https://login.microsoftonline.us/contoso.com/discovery/v2.0/keys",
      userinfoUrl: "https://graph.microsoft.us/oidc/userinfo",
    });
  });
});
