import type { AccessReason } from "@/lib/access-log/schema";
import type { BlockReason } from "@/lib/http/pages/block-reasons";
import { hasServiceAuth } from "@/lib/policies/compile";
import type { PolicyContext } from "@/lib/policies/context";
import { evaluate, type Judgement } from "@/lib/policies/evaluate";
import { identityMatters } from "@/lib/policies/identity-matters";
import { allow } from "./allow";
import { isPreflight } from "./caller";
import { preflightHeaders } from "./cors";
import { type Holder, holderOf, type Known } from "./holder";
import type { Decide, GateAnswer, GateQuestion } from "./question";
import { refuse, signIn, unavailable } from "./refuse";
import type { Program } from "./service-credentials";
import type { GateApplication, Snapshot } from "./snapshot";
import { applicationAt } from "./target-application";

/** Something that the Access log is told. */
export interface Noted {
  question: GateQuestion;
  snapshot: Snapshot;
  application: GateApplication | null;
  holder: Holder | null;
  reason: AccessReason;
  /** What the policies were asked, where they were. */
  context: PolicyContext | null;
}

/** What `decide` works with; `lib/gate/door.ts` has the process's own. */
export interface Gatekeeper extends Known {
  snapshot(): Snapshot | null;
  /** Whether what is known may still be relied on. */
  isFresh(): boolean;
  /** Milliseconds since 1970. */
  now(): number;
  /** Signed token of a program for an application, at the host that was asked for. */
  programToken(
    program: Program,
    application: GateApplication,
    snapshot: Snapshot,
    host: string,
  ): string | Promise<string>;
  /** Answers the speakable reference under which it is logged. Must not wait or throw. */
  refused(noted: Noted): string;
  /** A program was let in. */
  used(noted: Noted): void;
}

interface Case {
  keeper: Gatekeeper;
  question: GateQuestion;
  snapshot: Snapshot;
  application: GateApplication;
  now: number;
}

function preflight({ question, application }: Case): GateAnswer | null {
  const { cors_headers: cors, options_preflight_bypass: bypass } = application.settings;
  if (bypass) return allow("", "");
  const headers = cors && preflightHeaders(cors, question);
  return headers && { allowed: false, status: 204, headers };
}

const contextOf = ({ question, application }: Case, holder: Holder): PolicyContext => ({
  person: holder.person?.session.person ?? null,
  serviceTokenId: holder.program?.token.id ?? null,
  ip: question.ip,
  country: question.country,
  external: holder.person?.session.external.get(application.id) ?? {},
});

/** Judged anew whenever anything that counts is another: nothing is remembered that could be stale. */
function judge(at: Case, holder: Holder): Judgement {
  const { person, program } = holder;
  if (!person || program) return evaluate(at.application.policies, contextOf(at, holder));
  const { session, verified } = person;
  const { ip, country } = at.question;
  const { revision } = at.snapshot;
  const before = verified.remembered;
  if (
    before?.revision === revision &&
    before.session === session &&
    before.ip === ip &&
    before.country === country
  ) {
    return before.judgement;
  }
  const judgement = evaluate(at.application.policies, contextOf(at, holder));
  verified.remembered = { revision, session, ip, country, judgement };
  return judgement;
}

/** Whether signing in (as somebody else) could change it; people are told no more than that. */
function blockReason(at: Case, holder: Holder, context: PolicyContext): BlockReason {
  if (holder.credentials || (holder.program && !holder.person)) return "service";
  if (!holder.person) return "other";
  return identityMatters(at.application.policies, context) ? "identity" : "other";
}

function refuseByPolicy(at: Case, holder: Holder, outcome: string) {
  const context = contextOf(at, holder);
  const reason: AccessReason =
    holder.credentials?.refused?.reason ??
    (outcome === "deny" ? "policy_denied" : "no_policy_matched");
  const { keeper, question, snapshot, application } = at;
  return refuse(question, snapshot, {
    reason: blockReason(at, holder, context),
    application,
    email: holder.person?.session.person.email ?? null,
    reference: keeper.refused({ question, snapshot, application, holder, reason, context }),
  });
}

function answerTo(at: Case, holder: Holder): GateAnswer | Promise<GateAnswer> {
  const { keeper, question, snapshot, application, now } = at;
  const { outcome } = judge(at, holder);
  const { person, program, credentials } = holder;
  if (outcome === "allow" && person) return allow(person.token, person.session.person.email);
  if (outcome === "bypass") return allow("", "");
  if (outcome === "service_auth" && program) {
    const reason = "policy_allowed";
    const context = contextOf(at, holder);
    keeper.used({ question, snapshot, application, holder, reason, context });
    const token = keeper.programToken(program, application, snapshot, question.host);
    return token instanceof Promise ? token.then((late) => allow(late, "")) : allow(token, "");
  }
  if (outcome === "sign_in" && !credentials) {
    const asProgram =
      !person &&
      application.settings.service_auth_401_redirect &&
      hasServiceAuth(application.policies);
    return signIn(question, application, snapshot, now, asProgram);
  }
  return refuseByPolicy(at, holder, outcome);
}

function closed(
  keeper: Gatekeeper,
  question: GateQuestion,
  snapshot: Snapshot,
  application: GateApplication | null,
  reason: "unknown_host" | "ambiguous_path" | "application_disabled",
): GateAnswer {
  const noted = { question, snapshot, application, holder: null, reason, context: null };
  const reference = keeper.refused(noted);
  return refuse(question, snapshot, { reason, application, email: null, reference });
}

/**
 * Decides about one request to an application: lets it through with who it is, leads to the login
 * page, or refuses. Judged in full each time, by the policies of this moment. At once where
 * everything is in memory; else a promise, which is a refusal (503) when the database does not
 * answer. Never throws, and lets nothing through that it cannot decide.
 */
export const makeDecide =
  (keeper: Gatekeeper): Decide =>
  (question) => {
    const snapshot = keeper.snapshot();
    if (!snapshot || !keeper.isFresh()) return unavailable(question, snapshot);
    const target = applicationAt(snapshot, question.host, question.target);
    const { application } = target;
    if (!application) return closed(keeper, question, snapshot, null, target.why);
    if (!application.enabled) {
      return closed(keeper, question, snapshot, application, "application_disabled");
    }
    const now = keeper.now();
    const at: Case = { keeper, question, snapshot, application, now };
    const answered = isPreflight(question) ? preflight(at) : null;
    if (answered) return answered;
    const holder = holderOf(question, application, snapshot, keeper, now);
    return holder instanceof Promise
      ? holder.then(
          (found) => answerTo(at, found),
          () => unavailable(question, snapshot),
        )
      : answerTo(at, holder);
  };
