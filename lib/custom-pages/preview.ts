import * as z from "zod";
import { LOGIN_MESSAGES } from "@/lib/http/login-links";
import { loginExpired } from "@/lib/http/login-words";
import { blockPage } from "@/lib/http/pages/block-page";
import { blockTemplate, type TemplateFacts } from "@/lib/http/pages/block-template";
import type { PeoplePage } from "@/lib/http/pages/frame";
import { launcherPage } from "@/lib/http/pages/launcher-page";
import { type LoginChoice, type LoginPage, loginPage } from "@/lib/http/pages/login-page";
import { plainPage } from "@/lib/http/plain-page";
import { SIGN_IN_MINUTES } from "@/lib/logins/schema";
import { PREVIEW_STATES } from "./preview-states";
import { DEFAULT_DESIGN, loginDesignSchema, MAX_HTML } from "./schema";

const { shape } = loginDesignSchema;

/** A draft as it is typed: what is not (yet) right shows as if it were blank. */
const draftDesign = z
  .object({
    organization_name: shape.organization_name.catch(""),
    logo: shape.logo.catch(null),
    header_text: shape.header_text.catch(""),
    footer_text: shape.footer_text.catch(""),
    contact: shape.contact.catch(""),
    background_color: shape.background_color.catch(null),
    text_color: shape.text_color.catch(null),
  })
  .catch(DEFAULT_DESIGN);

const scheme = z.enum(["light", "dark"]);
export const previewSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("design"),
    state: z.enum(PREVIEW_STATES),
    scheme,
    design: draftDesign,
  }),
  z.object({ kind: z.literal("template"), html: z.string().max(4 * MAX_HTML) }),
]);
export type PreviewRequest = z.output<typeof previewSchema>;

/** What a preview shows of this installation; the rest of it is made up. */
export interface PreviewFacts {
  teamName: string;
  methods: readonly { id: string; name: string; kind: string; label: string }[];
}

const REFERENCE = "K7Q2-M9XD";
const EMAIL = "ada@example.com";
const WIKI = { name: "Wiki", host: "wiki.example.com", logo: null };
const MADE_UP = [
  { id: "1", name: "Staff", kind: "oidc", label: "OpenID Connect" },
  { id: "2", name: "Partners", kind: "oidc", label: "OpenID Connect" },
];

type Design = Extract<PreviewRequest, { kind: "design" }>;

function designPage({ design, state, scheme }: Design, facts: PreviewFacts): PeoplePage {
  const around = { design, scheme, teamName: facts.teamName };
  const known = facts.methods.length > 0 ? facts.methods : MADE_UP;
  const methods: LoginChoice[] = known.map((method) => ({ ...method, href: "#" }));
  const login = (changes: Partial<LoginPage>): PeoplePage =>
    loginPage({ ...around, application: WIKI, methods, ...changes });
  switch (state) {
    case "login":
      return login({});
    case "one":
      return login({ methods: methods.slice(0, 1) });
    case "none":
      return login({ methods: [] });
    case "message":
      return login({ message: LOGIN_MESSAGES.method_closed });
    case "failed": {
      const link = { href: "#", label: "Sign in again" };
      const page = { ...loginExpired(SIGN_IN_MINUTES), reference: REFERENCE, link };
      return plainPage(page, around);
    }
    case "block":
      return blockPage({
        ...around,
        reason: "identity",
        application: WIKI,
        email: EMAIL,
        host: WIKI.host,
        reference: REFERENCE,
        switchAccountHref: "#",
        signOutHref: "#",
        homeHref: "#",
      });
    case "launcher":
      return launcherPage({
        ...around,
        person: { name: "Ada Lovelace", email: EMAIL },
        applications: ["Wiki", "Mail", "Payroll", "Build"].map((name) => ({
          name,
          href: "#",
          host: `${name.toLowerCase()}.example.com`,
          logo: null,
        })),
        signOutHref: "#",
      });
  }
}

export const exampleFacts = (organization: string): TemplateFacts => ({
  application: WIKI.name,
  email: EMAIL,
  reference: REFERENCE,
  host: WIKI.host,
  organization,
  message: "Ask the help desk for access.",
});

/** The page that a draft makes, by the very functions that draw it for people. */
export const previewPage = (request: PreviewRequest, facts: PreviewFacts): PeoplePage =>
  request.kind === "design"
    ? designPage(request, facts)
    : blockTemplate(request.html, exampleFacts(facts.teamName));

/** The policy of a page that stands in a frame of the console: with no origin of its own there. */
export function framedPolicy(csp: string): string {
  // A draft's logo is nowhere but in the page.
  const framed = csp
    .replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    .replace("img-src 'self'", "img-src data:");
  return /(?:^|; )sandbox(?:;|$)/.test(framed) ? framed : `${framed}; sandbox`;
}
