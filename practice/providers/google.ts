import { createHash } from "node:crypto";
import type { PracticeUser } from "../accounts";
import { createProvider, type ProviderPlan } from "../create-provider";
import { describeProvider, type Entry, mount } from "../entry";
import { refuseAtSignIn } from "../faults/callback";
import type { Site } from "../site";

/** A number of 21 digits, as Google has them. */
const subjectOf = ({ login }: PracticeUser): string =>
  (
    10n ** 20n +
    (BigInt(`0x${createHash("sha256").update(login).digest("hex")}`) % 10n ** 20n)
  ).toString();

/** Mallory's account is private, though its address is one of the company's: it names no domain. */
function domainOf({ login, email }: PracticeUser): string | null {
  if (login === "mallory" || email === null) return null;
  return login === "grace" ? "other.example" : (email.split("@")[1] ?? null);
}

function claimsOf(user: PracticeUser): Record<string, unknown> {
  const [given_name, family_name] = user.name.split(" ");
  const hd = domainOf(user);
  return {
    email: user.email ?? `${user.login}@gmail.example`,
    email_verified: true,
    name: user.name,
    given_name,
    family_name,
    picture: `https://lh3.example/${user.login}`,
    ...(hd && { hd }),
  };
}

const planFor = (base: string, redirectUris: readonly string[]): ProviderPlan => ({
  id: "google",
  label: "Google-like",
  base,
  issuer: base,
  clientId: "1234567890-practice.apps.googleusercontent.example",
  redirectUris,
  routes: {
    authorization: "/o/oauth2/v2/auth",
    token: "/token",
    userinfo: "/v1/userinfo",
    jwks: "/oauth2/v3/certs",
  },
  scopes: ["openid", "email", "profile"],
  claims: {
    openid: ["sub", "hd"],
    email: ["email", "email_verified"],
    profile: ["name", "given_name", "family_name", "picture"],
  },
  subjectOf,
  claimsOf,
  faults: [
    {
      id: "fault-not-a-test-user",
      title: "App in the testing stage, and a user who is not among its test users",
      expect: "Your provider refused this user.",
      code: "access_denied",
      hooks: {
        resume: refuseAtSignIn(
          "access_denied",
          "The developer hasn't given you access to this app.",
        ),
      },
    },
  ],
});

/** Google as a client sees it: a domain for accounts of a company, and never groups. */
export async function startGoogle(site: Site, redirectUris: readonly string[]): Promise<Entry> {
  const plan = planFor(site.base, redirectUris);
  const running = await createProvider(plan);
  return {
    provider: describeProvider(
      {
        id: "google",
        kind: "oidc",
        fields: { discovery_url: `${site.base}/.well-known/openid-configuration` },
        note: "Add it as OpenID Connect: the types Google and Google Workspace have Google's own addresses, and this one is on your machine.",
      },
      plan,
      site,
    ),
    handle: mount(running, plan.id, ""),
  };
}
