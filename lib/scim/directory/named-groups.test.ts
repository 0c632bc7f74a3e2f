import { expect, it } from "vitest";
import { groupKey, namedGroups } from "./named-groups";

const idp = "7d1f";

it.each([
  [{ okta: { identity_provider_id: idp, name: "Admins" } }, "admins"],
  [{ azureAD: { identity_provider_id: idp, id: "8a11-0c" } }, "8a11-0c"],
  [{ gsuite: { identity_provider_id: idp, email: "Admins@example.com" } }, "admins@example.com"],
  [{ oidc: { identity_provider_id: idp, claim_name: "groups", claim_value: "Admins" } }, "ADMINS"],
])("%j names the group %s", (rule, name) => {
  expect([...namedGroups([rule, rule])]).toEqual([groupKey(idp, name)]);
});

it.each([
  [{ everyone: {} }],
  [{ oidc: { identity_provider_id: idp, claim_name: "department", claim_value: "Admins" } }],
  [{ group: { id: idp } }],
  [null],
  ["okta"],
])("%j names none", (rule) => {
  expect(namedGroups([rule]).size).toBe(0);
});
