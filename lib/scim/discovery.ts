import { MAX_OPERATIONS, MAX_SCIM_BYTES } from "./limits";
import { ENTERPRISE_URN, GROUP_URN, USER_URN } from "./schema";
import type { SchemaDefinition } from "./schemas/definition";
import { enterpriseSchema } from "./schemas/enterprise";
import { groupSchema } from "./schemas/group";
import { userSchema } from "./schemas/user";

/** A discovery document (RFC 7644 §4) as JSON. */
export type Document = Readonly<Record<string, unknown>>;

const core = (name: string) => `urn:ietf:params:scim:schemas:core:2.0:${name}`;
const LIST_URN = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/** What this endpoint keeps to, and tells. */
export const pageLimits = { default: 100, max: 1_000 } as const;

/** What the endpoint can (RFC 7643 §5; `pagination` is of RFC 9865 §4). `base` is its absolute URL. */
export const serviceProviderConfig = (base: string): Document => ({
  schemas: [core("ServiceProviderConfig")],
  patch: { supported: true },
  bulk: { supported: true, maxOperations: MAX_OPERATIONS, maxPayloadSize: MAX_SCIM_BYTES },
  filter: { supported: true, maxResults: pageLimits.max },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  pagination: {
    cursor: true,
    index: true,
    defaultPaginationMethod: "index",
    defaultPageSize: pageLimits.default,
    maxPageSize: pageLimits.max,
  },
  authenticationSchemes: [
    {
      type: "oauthbearertoken",
      name: "OAuth Bearer Token",
      description: "The SCIM Secret of the login method, as a bearer token.",
      specUri: "https://www.rfc-editor.org/info/rfc6750",
      primary: true,
    },
  ],
  meta: {
    resourceType: "ServiceProviderConfig",
    location: `${base}/ServiceProviderConfig`,
  },
});

const schemaDocument = (base: string, schema: SchemaDefinition): Document => ({
  schemas: [core("Schema")],
  ...schema,
  meta: { resourceType: "Schema", location: `${base}/Schemas/${schema.id}` },
});

/** All schemas (RFC 7643 §7), each as `GET /Schemas/<urn>` gives it. */
export const schemas = (base: string): readonly Document[] =>
  [userSchema, groupSchema, enterpriseSchema].map((schema) => schemaDocument(base, schema));

const resourceTypeDocument = (base: string, name: "User" | "Group"): Document => ({
  schemas: [core("ResourceType")],
  id: name,
  name,
  description: name === "User" ? userSchema.description : groupSchema.description,
  endpoint: `/${name}s`,
  schema: name === "User" ? USER_URN : GROUP_URN,
  schemaExtensions: name === "User" ? [{ schema: ENTERPRISE_URN, required: false }] : [],
  meta: { resourceType: "ResourceType", location: `${base}/ResourceTypes/${name}` },
});

/** All resource types (RFC 7643 §6), each as `GET /ResourceTypes/<id>` gives it. */
export const resourceTypes = (base: string): readonly Document[] => [
  resourceTypeDocument(base, "User"),
  resourceTypeDocument(base, "Group"),
];

const listOf = (documents: readonly Document[]): Document => ({
  schemas: [LIST_URN],
  totalResults: documents.length,
  itemsPerPage: documents.length,
  startIndex: 1,
  Resources: documents,
});

/**
 * What a GET of a discovery endpoint answers: `segments` are those after the base URL, such as
 * `["Schemas", "<urn>"]`. Null where there is no such document.
 */
export function discoveryDocument(segments: readonly string[], base: string): Document | null {
  const [endpoint = "", id, ...more] = segments;
  if (more.length > 0) return null;
  const kind = endpoint.toLowerCase();
  if (kind === "serviceproviderconfig")
    return id === undefined ? serviceProviderConfig(base) : null;
  if (kind !== "schemas" && kind !== "resourcetypes") return null;
  const all = kind === "schemas" ? schemas(base) : resourceTypes(base);
  if (id === undefined) return listOf(all);
  return all.find((each) => String(each.id).toLowerCase() === id.toLowerCase()) ?? null;
}
