import { describe, expect, it } from "vitest";
import { loginMethodSchema } from "@/lib/login-methods/schema";
import type { Config } from "../definition";
import { entra } from "./index";

const TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";
const PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad";
const HOST = "https://login.microsoftonline.com";
const client = { client_id: "app", client_secret: "s3cret" };

const parse = (config: Config) =>
  loginMethodSchema(entra, []).safeParse({ name: "x", config: { ...client, ...config } });
const problems = (config: Config) =>
  Object.fromEntries(
    (parse(config).error?.issues ?? []).map(({ path, message }) => [
      path.slice(1).join("."),
      message,
    ]),
  );
const open = (config: Config, pinned: string | null = null) =>
  entra.open(parse(config).data?.config ?? {}, pinned);

describe("the Entra connector", () => {
  it.each(["common", "organizations", "consumers", `${HOST}/common/v2.0`])(
    "refuses %s without a list of tenants: everyone with a Microsoft account could sign in",
    (directory_id) =>
      expect(problems({ directory_id })).toEqual({
        allowed_tenants: expect.stringContaining("everyone with a Microsoft account could"),
      }),
  );

  it("refuses an issuer for any tenant behind a domain without a list of tenants", () =>
    expect(
      problems({ directory_id: "contoso.com", issuer: `${HOST}/{tenantid}/v2.0` }),
    ).toHaveProperty("allowed_tenants"));

  it.each(["*", "common", "contoso.com", "", `${TENANT} `.repeat(2)])(
    "refuses %j on the list of tenants",
    (tenant) =>
      expect(problems({ directory_id: "common", allowed_tenants: [tenant] })).toHaveProperty(
        "allowed_tenants",
      ),
  );

  it.each(["preferred_username", "upn", "mail"])(
    "refuses %s as email of several tenants: nOAuth",
    (email_claim_name) =>
      expect(
        problems({ directory_id: "common", allowed_tenants: [TENANT], email_claim_name }),
      ).toHaveProperty("email_claim_name"),
  );

  it("opens several tenants with a template, a list in small letters, and a proof of the address", () =>
    expect(
      open({ directory_id: "organizations", allowed_tenants: [TENANT.toUpperCase(), PERSONAL] }),
    ).toMatchObject({
      issuer: null,
      issuerTemplate: { template: `${HOST}/{tenantid}/v2.0`, tenants: [TENANT, PERSONAL] },
      emailProof: "xms_edov",
      tokenUrl: `${HOST}/organizations/oauth2/v2.0/token`,
    }));

  it("takes the issuer of the document of several tenants as it stands", () =>
    expect(
      open({
        directory_id: "consumers",
        allowed_tenants: [PERSONAL],
        issuer: `${HOST}/${PERSONAL}/v2.0`,
      }).issuerTemplate,
    ).toEqual({ template: `${HOST}/${PERSONAL}/v2.0`, tenants: [PERSONAL] }));

  it("opens one tenant with its own issuer, and without any list", () => {
    const connection = open({ directory_id: TENANT });
    expect(connection.issuer).toBe(`${HOST}/${TENANT}/v2.0`);
    expect(connection.issuerTemplate).toBeUndefined();
    expect(connection.emailProof).toBeUndefined();
  });

  it("opens one tenant whose document has a template for that tenant alone", () =>
    expect(
      open({ directory_id: TENANT, issuer: `${HOST}/{tenantid}/v2.0` }).issuerTemplate?.tenants,
    ).toEqual([TENANT]));

  it("learns the issuer of a domain from its document, or from the first test", () => {
    expect(open({ directory_id: "contoso.com" }).issuer).toBeNull();
    expect(open({ directory_id: "contoso.com" }, `${HOST}/${TENANT}/v2.0`).issuer).toBe(
      `${HOST}/${TENANT}/v2.0`,
    );
  });

  it("warns of names that nobody has verified, of several tenants, and of a list without use", () => {
    const warned = (config: Config) => Object.keys(entra.warnings(config, []));
    expect(warned({ directory_id: TENANT, email_claim_name: "preferred_username" })).toEqual([
      "email_claim_name",
    ]);
    expect(warned({ directory_id: "common", allowed_tenants: [TENANT] })).toEqual(["directory_id"]);
    expect(warned({ directory_id: TENANT, allowed_tenants: [TENANT] })).toEqual([
      "allowed_tenants",
    ]);
  });
});
