import { isAppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";
import { networkFault } from "@/lib/outbound/network-fault";
import type { Recording } from "@/lib/outbound/recording";
import type { Redactor } from "@/lib/outbound/redact";
import { isNote } from "./catalogue";
import type { Endpoint } from "./catalogue/network";
import type { Advice, DiagnosisCode } from "./diagnose";
import { explain } from "./explain";
import { factsOf, ProtocolFailure } from "./failure";
import type { Published } from "./remedies/published";
import type { Connection, Diagnosis, Fact, Remedy, Step, TraceStep } from "./schema";
import { mapTexts, storableText } from "./storable";

/** What a step tells about itself while it works. */
export interface StepNotes {
  summary: string;
  skipped: boolean;
  add(facts: readonly Fact[]): void;
  /** A finding that does not end the round trip. */
  warn(code: DiagnosisCode, facts?: readonly Fact[], remedies?: readonly Remedy[]): void;
  /** Turns an error that would have ended the step into a warning. `endpoint` was called last. */
  failSoftly(error: unknown, endpoint?: Endpoint, facts?: readonly Fact[]): void;
}

/** Ends a round trip: the step that failed is in the trace already. */
export class Stopped extends Error {
  override readonly name = "Stopped";
  constructor(readonly diagnosis: Diagnosis) {
    super(diagnosis.code);
  }
}

export interface Trace {
  readonly steps: TraceStep[];
  readonly warnings: Diagnosis[];
  /** Runs one step and records it. Throws Stopped when the step fails, for whatever reason. */
  step<T>(step: Step, summary: string, work: (notes: StepNotes) => Promise<T> | T): Promise<T>;
  /** A finding outside any step that is recorded here. */
  warn(code: DiagnosisCode, step: Step, facts?: readonly Fact[]): void;
}

interface Tools {
  steps: readonly TraceStep[];
  connection: Connection;
  /** The provider's discovery document, to explain a failure. */
  published(): Promise<Published | null>;
  advice: Advice;
  redactor: Redactor;
  recording: Recording;
  /** True once all requests together took too long. */
  overdue(): boolean;
  urls: Record<Endpoint, string | null>;
  onStep: ((steps: TraceStep[]) => void) | undefined;
}

const ENDPOINT_OF: Partial<Record<Step, Endpoint>> = {
  keys: "jwks",
  authorize: "par",
  exchange: "token",
  id_token: "jwks",
  user_info: "userinfo",
};

const hostOf = (url: string | null): string | null =>
  url !== null && URL.canParse(url) ? new URL(url).host : null;

/** The one place where errors from below become codes of the catalogue. */
function asFailure(
  error: unknown,
  step: Step,
  tools: Tools,
  endpoint = ENDPOINT_OF[step],
): ProtocolFailure {
  if (error instanceof ProtocolFailure) return error;
  const fault = networkFault(error);
  if (fault === "timeout" && tools.overdue() && endpoint !== "groups_api") {
    return new ProtocolFailure("took_too_long");
  }
  if (fault === null && !isAppError(error)) log.error({ err: error, step }, "round trip failed");
  if (!endpoint || !isAppError(error)) return new ProtocolFailure("unexpected");
  const facts = factsOf({
    Host: hostOf(tools.urls[endpoint]),
    Reason: fault === "blocked" ? error.message : null,
  });
  return new ProtocolFailure(`${endpoint}_${fault ?? "network"}`, facts);
}

function explainer(tools: Tools) {
  const cleaned = (facts: readonly Fact[]): Fact[] =>
    mapTexts([...facts], (text) => storableText(tools.redactor.text(text)));
  const diagnose = (
    code: DiagnosisCode,
    step: Step,
    facts: readonly Fact[],
    remedies: readonly Remedy[],
    published: Published | null = null,
  ) =>
    explain(
      { code, step, facts, remedies, published },
      { connection: tools.connection, advice: tools.advice, cleaned, redactor: tools.redactor },
    );

  /** The callback is judged without asking anybody, as a rule: its query may be anyone's. */
  const publishedFor = async (code: DiagnosisCode, step: Step): Promise<Published | null> => {
    const unasked = step === "configuration" || (step === "callback" && code !== "par_required");
    return unasked || tools.overdue() ? null : tools.published();
  };
  return { cleaned, diagnose, publishedFor };
}

export function createTrace(tools: Tools): Trace {
  const steps = [...tools.steps];
  const warnings: Diagnosis[] = [];
  const { cleaned, diagnose, publishedFor } = explainer(tools);

  function finish(step: Step, ms: number, ended: Pick<TraceStep, "status" | "summary" | "facts">) {
    const exchanges = mapTexts(tools.recording.take(), storableText);
    // A failure may repeat what the step has told already.
    const facts = [...new Map(ended.facts.map((fact) => [fact.label, fact])).values()];
    steps.push({ step, ...ended, facts: cleaned(facts), ms: Math.round(ms), exchanges });
    tools.onStep?.([...steps]);
  }

  return {
    steps,
    warnings,
    warn(code, step, facts = []) {
      warnings.push(diagnose(code, step, facts, []));
    },
    async step(step, summary, work) {
      const began = performance.now();
      const facts: Fact[] = [];
      const before = warnings.length;
      const notes: StepNotes = {
        summary,
        skipped: false,
        add: (more) => facts.push(...more),
        warn: (code, more = [], remedies = []) =>
          warnings.push(diagnose(code, step, more, remedies)),
        failSoftly(error, endpoint, more = []) {
          const failure = asFailure(error, step, tools, endpoint);
          const told = [...failure.facts, ...more];
          const warning = diagnose(failure.code, step, told, failure.remedies);
          warnings.push(warning);
          notes.summary = warning.title;
        },
      };
      try {
        const result = await work(notes);
        const serious = warnings.slice(before).some(({ code }) => !isNote(code));
        const found = serious ? "warning" : "ok";
        const status = notes.skipped ? "skipped" : found;
        finish(step, performance.now() - began, { status, summary: notes.summary, facts });
        return result;
      } catch (error) {
        const failure = asFailure(error, step, tools);
        const ms = performance.now() - began;
        const { code, remedies } = failure;
        const published = await publishedFor(code, step);
        const diagnosis = diagnose(code, step, failure.facts, remedies, published);
        finish(step, ms, {
          status: "failed",
          summary: diagnosis.title,
          facts: [...facts, ...failure.facts],
        });
        throw new Stopped(diagnosis);
      }
    },
  };
}
