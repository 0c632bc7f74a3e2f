import { expect, it } from "vitest";
import { groupKeys, namedGroups } from "./named-groups";

const idp = "7d1f";

it.each([
  [{ okta: { identity_provider_id: idp, name: "Admins" } }, "Admins", "admins"],
  [{ oidc: { identity_provider_id: idp, claim_name: "groups", claim_value: "A" } }, "A", "a"],
  [{ azureAD: { identity_provider_id: idp, id: "8a11-0C" } }, "8A11-0c", "8a11"],
  [{ gsuite: { identity_provider_id: idp, email: "A@example.com" } }, "a@example.com", "a"],
])("%j names the group %s and not %s", (rule, name, other) => {
  const named = [...namedGroups([rule, rule])];
  expect(named).toHaveLength(1);
  expect(groupKeys(idp, name)).toEqual(expect.arrayContaining(named));
  expect(groupKeys(idp, other)).not.toEqual(expect.arrayContaining(named));
  expect(groupKeys("another", name)).not.toEqual(expect.arrayContaining(named));
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
