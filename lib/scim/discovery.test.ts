import { describe, expect, it } from "vitest";
import { discoveryDocument, resourceTypes, schemas, serviceProviderConfig } from "./discovery";
import { ENTERPRISE_URN, GROUP_URN, USER_URN } from "./schema";
import type { AttributeDefinition } from "./schemas/definition";

const BASE = "https://gatehouse.example.com/scim/v2/1";

describe("the discovery documents", () => {
  it("tell what the endpoint can", () => {
    expect(serviceProviderConfig(BASE)).toMatchObject({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 16777216 },
      filter: { supported: true, maxResults: 1000 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      pagination: { cursor: true, index: true, defaultPaginationMethod: "index" },
      authenticationSchemes: [{ type: "oauthbearertoken", primary: true }],
      meta: { location: `${BASE}/ServiceProviderConfig` },
    });
  });

  it("give every schema that a resource type names", () => {
    const named = resourceTypes(BASE).flatMap((type) => [
      type.schema,
      ...(type.schemaExtensions as { schema: string }[]).map(({ schema }) => schema),
    ]);
    expect(
      schemas(BASE)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...new Set(named)].sort());
  });

  it.each([
    [["Schemas"], { totalResults: 3, itemsPerPage: 3, startIndex: 1 }],
    [["ResourceTypes"], { totalResults: 2 }],
    [["schemas", USER_URN], { id: USER_URN, meta: { location: `${BASE}/Schemas/${USER_URN}` } }],
    [["Schemas", GROUP_URN.toLowerCase()], { id: GROUP_URN }],
    [["Schemas", ENTERPRISE_URN], { name: "EnterpriseUser" }],
    [["ResourceTypes", "User"], { endpoint: "/Users", meta: { resourceType: "ResourceType" } }],
    [["ResourceTypes", "Group"], { endpoint: "/Groups", schemaExtensions: [] }],
    [["ServiceProviderConfig"], { patch: { supported: true } }],
  ])("are found at %j", (segments, expected) => {
    expect(discoveryDocument(segments, BASE)).toMatchObject(expected);
  });

  it.each([
    [["Schemas", "urn:nope"]],
    [["ResourceTypes", "Device"]],
    [["ServiceProviderConfig", "1"]],
    [["Schemas", USER_URN, "x"]],
    [["Users"]],
    [[]],
  ])("are not at %j", (segments) => {
    expect(discoveryDocument(segments, BASE)).toBeNull();
  });

  it("state every characteristic of every attribute, and keep passwords out", () => {
    const all = schemas(BASE).flatMap(({ attributes }) => attributes as AttributeDefinition[]);
    const flat = all.flatMap((each) => [each, ...(each.subAttributes ?? [])]);
    for (const each of flat) {
      expect(Object.keys(each)).toEqual(
        expect.arrayContaining([
          ...["name", "type", "multiValued", "description", "required", "caseExact"],
          ...["mutability", "returned", "uniqueness"],
        ]),
      );
      expect(each.type === "complex").toBe(each.subAttributes !== undefined);
      if (each.type === "reference") expect(each.referenceTypes).toBeDefined();
    }
    expect(flat.map(({ name }) => name)).not.toContain("password");
  });
});
