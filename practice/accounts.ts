/** The one password of every practice user. */
export const PASSWORD = "practice";

/** The one client secret of every practice client, faulty ones included. */
export const CLIENT_SECRET = "practice-secret-for-this-machine-only";

/** With Okta's group Everyone, 250. */
const MANY_GROUPS = Array.from(
  { length: 249 },
  (_, at) => `project-${String(at + 1).padStart(3, "0")}`,
);

export interface PracticeUser {
  login: string;
  name: string;
  /** Null for the user without an address. */
  email: string | null;
  emailVerified: boolean;
  department: string;
  admin: boolean;
  groups: readonly string[];
  /** Shown on the sign-in page. */
  note: string;
}

export const USERS: readonly PracticeUser[] = [
  {
    login: "ada",
    name: "Ada Lovelace",
    email: "ada@example.com",
    emailVerified: true,
    department: "Engineering",
    admin: true,
    groups: ["admins", "engineering", "Zürich office"],
    note: "administrator, in three groups",
  },
  {
    login: "bob",
    name: "Bob Noyce",
    email: "bob@example.com",
    emailVerified: true,
    department: "Sales",
    admin: false,
    groups: [],
    note: "in no group",
  },
  {
    login: "eve",
    name: "Eve Adams",
    email: null,
    emailVerified: false,
    department: "Support",
    admin: false,
    groups: ["support"],
    note: "has no email address",
  },
  {
    login: "mallory",
    name: "Mallory Archer",
    email: "mallory@example.com",
    emailVerified: false,
    department: "Contractors",
    admin: false,
    groups: ["contractors"],
    note: "email address not verified",
  },
  {
    login: "grace",
    name: "Grace Hopper",
    email: "grace@example.com",
    emailVerified: true,
    department: "Research",
    admin: false,
    groups: MANY_GROUPS,
    note: "in 250 groups at Okta, of which a token holds 100",
  },
];

export const userWithLogin = (login: string): PracticeUser | undefined =>
  USERS.find((user) => user.login === login.trim().toLowerCase());

/** The standard claims of the `profile` and `email` scopes; what a user lacks is absent, not null. */
export function standardClaims(user: PracticeUser): Record<string, unknown> {
  const [given_name, family_name] = user.name.split(" ");
  return {
    name: user.name,
    given_name,
    family_name,
    preferred_username: user.login,
    locale: "en-GB",
    ...(user.email && { email: user.email, email_verified: user.emailVerified }),
  };
}
