import { blockAnswer } from "@/lib/http/block-answer";
import { LAUNCHER, LOGOUT } from "@/lib/http/login-links";
import { BLOCK_WORDS, type BlockReason } from "@/lib/http/pages/block-reasons";
import { wantsPage } from "./caller";
import { corsHeaders } from "./cors";
import { loginAddress } from "./login-address";
import type { GateAnswer, GateQuestion } from "./question";
import type { GateApplication, Snapshot } from "./snapshot";

const COMMON = { "cache-control": "no-store", "x-content-type-options": "nosniff" } as const;

/** Of what the proxy asks again about, nobody sees more than this. */
const UNSEEN: GateAnswer = { allowed: false, status: 403, headers: COMMON };

export interface Refusal {
  reason: BlockReason;
  application: GateApplication | null;
  /** Of whoever is signed in. */
  email: string | null;
  /** Speakable, as the Access log has it. */
  reference: string;
}

/** With 302, browsers repeat some methods at the new address (RFC 9110 §15.4.3); with 303, none. */
const redirectStatus = ({ method }: GateQuestion): number =>
  method === "GET" || method === "HEAD" ? 302 : 303;

const corsOf = (question: GateQuestion, application: GateApplication | null) => {
  const cors = application?.settings.cors_headers;
  return (cors && corsHeaders(cors, question.header("origin"))) ?? {};
};

const json = (object: object): string => `${JSON.stringify(object)}\n`;

/** Programs are told in JSON, in Cloudflare's envelope. */
function told(
  question: GateQuestion,
  application: GateApplication | null,
  status: number,
  message: string,
  more: Record<string, string> = {},
): GateAnswer {
  return {
    allowed: false,
    status,
    headers: {
      ...COMMON,
      ...corsOf(question, application),
      "content-type": "application/json; charset=utf-8",
    },
    body: json({ success: false, errors: [{ code: status, message }], ...more }),
  };
}

/** Nobody can decide now. */
export function unavailable(question: GateQuestion, snapshot: Snapshot | null): GateAnswer {
  const { title, why } = BLOCK_WORDS.unavailable;
  if (!snapshot || !wantsPage(question)) return told(question, null, 503, `${title}. ${why}`);
  const page = refuse(question, snapshot, {
    reason: "unavailable",
    application: null,
    email: null,
    reference: "",
  });
  return { ...page, status: 503, headers: { ...page.headers, "retry-after": "5" } };
}

/** Does not let a request through: a page for people, a few words for programs. */
export function refuse(
  question: GateQuestion,
  snapshot: Snapshot,
  { reason, application, email, reference }: Refusal,
): GateAnswer {
  if (question.rehearsal) return UNSEEN;
  const { title, why } = BLOCK_WORDS[reason];
  if (!wantsPage(question)) {
    return told(question, application, 403, `${title}. ${why}`, { reference });
  }
  const { teamName, teamDomain, templates } = snapshot;
  // A host that nobody set up is not worth an image.
  const design = application ? snapshot.design : { ...snapshot.design, logo: null };
  const another =
    application && email !== null && application.enabled
      ? loginAddress(question, application, snapshot, Date.now())
      : null;
  const page = blockAnswer({
    design,
    teamName,
    reason,
    application,
    email,
    host: question.host,
    path: question.target,
    reference,
    templates,
    switchAccountHref: another && `${another.url}&switch=1`,
    homeHref: email === null ? null : `${teamDomain}${LAUNCHER}`,
    signOutHref: email === null ? null : LOGOUT,
  });
  if ("location" in page) {
    const headers = { ...COMMON, location: page.location };
    return { allowed: false, status: redirectStatus(question), headers };
  }
  return {
    allowed: false,
    status: 403,
    headers: {
      ...COMMON,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": page.csp,
      "referrer-policy": "no-referrer",
      ...(another && { "set-cookie": another.cookie }),
    },
    body: page.html,
  };
}

/** Leads a person to sign in; a program is told that it has to. */
export function signIn(
  question: GateQuestion,
  application: GateApplication,
  snapshot: Snapshot,
  now: number,
  asProgram: boolean,
): GateAnswer {
  const { url, cookie } = loginAddress(question, application, snapshot, now);
  if (asProgram || !wantsPage(question)) {
    const bare = `${snapshot.teamDomain}/cdn-cgi/access/login/${question.host}?kid=${application.aud}`;
    const answer = told(question, application, 401, "Sign in first.", { login_url: bare });
    const challenge = `Gatehouse realm="${snapshot.teamDomain}"`;
    return { ...answer, headers: { ...answer.headers, "www-authenticate": challenge } };
  }
  return {
    allowed: false,
    status: redirectStatus(question),
    headers: { ...COMMON, location: url, "set-cookie": cookie },
  };
}
