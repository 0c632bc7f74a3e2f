import {
  createPerson,
  deletePerson,
  LIST,
  lookUp,
  patchPerson,
  person,
  personIsGone,
  readPerson,
} from "../simulated-client/profiles/messages";
import type { Profile, Step } from "../simulated-client/schema";
import { conform, useScimEndpoint } from "./testing-conform";

const put = (title: string, more: object, checks: Step["checks"]): Step => ({
  title,
  method: "PUT",
  path: "/Users/{{user}}",
  body: person({ id: "{{user}}", ...more }),
  status: [200],
  checks,
  expected: "200 with the change",
});

/** Auto-provisioning of a SAML app: people alone, suspended and then deleted. */
const google: Profile = {
  id: "google",
  name: "Google Workspace",
  userAgent: "Google-Auto-Provisioning",
  source: "https://support.google.com/a/answer/6400789",
  contentType: "application/json",
  steps: [
    {
      title: "Tests the connection",
      method: "GET",
      path: "/Users",
      query: { count: "1" },
      status: [200],
      checks: [{ at: "schemas", has: LIST }],
      expected: "a list",
    },
    lookUp({ filter: 'userName eq "{{userName}}"' }),
    createPerson(
      person({
        emails: [
          { value: "{{userName}}", type: "work", primary: true },
          { value: "gh@example.org", type: "home", primary: false },
        ],
        addresses: [{ type: "work", formatted: "1 Navy Yard" }],
      }),
    ),
    put("Updates by PUT", { title: "Commodore" }, [{ at: "title", is: "Commodore" }]),
    put("Suspends by PUT", { active: false }, [{ at: "active", is: false }]),
    put("Brings back by PUT", { active: true }, [{ at: "active", is: true }]),
    patchPerson("Suspends by PATCH", [{ op: "replace", value: { active: false } }], "200 or 204"),
    readPerson([{ at: "active", is: false }], "not active"),
    deletePerson,
    personIsGone,
  ],
};

conform(useScimEndpoint(), google, {
  "somebody who is pushed again after a deletion": [
    createPerson(person()),
    deletePerson,
    { ...createPerson(person()), title: "Creates the person anew", keep: { again: "id" } },
    {
      title: "Looks under the old id",
      method: "GET",
      path: "/Users/{{user}}",
      status: [404],
      expected: "404, for the old id stays gone",
    },
  ],
});
