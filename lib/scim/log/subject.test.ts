import { expect, it } from "vitest";
import { subjectOf } from "./subject";

const none = { resourceId: null, externalId: null, userEmail: null, groupName: null };

it.each([
  ["/Users", { userName: "bob", externalId: "1" }, { userEmail: "bob", externalId: "1" }, "USER"],
  ["/users", { USERNAME: "bob", displayName: "Bob" }, { userEmail: "bob" }, "USER"],
  ["/Groups/7d1f", { displayName: "Staff" }, { groupName: "Staff", resourceId: "7d1f" }, "GROUP"],
  ["/Groups", undefined, {}, "GROUP"],
  ["/Users", "not JSON", {}, "USER"],
  ["/Users", [{ userName: "bob" }], {}, "USER"],
  ["/Users", { userName: 7 }, {}, "USER"],
])("%s with %j is about %j", (path, request, named, resourceType) => {
  expect(subjectOf({ path, request })).toEqual({ ...none, ...named, resourceType });
});

it.each(["/Bulk", "/ServiceProviderConfig", "/", "", "/constructor"])(
  "%s is about none",
  (path) => {
    expect(subjectOf({ path, request: { userName: "bob" } })).toEqual({});
  },
);
