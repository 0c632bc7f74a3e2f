import type { Config } from "@/lib/connectors/definition";
import type { Failure } from "@/lib/kit/result";
import type { Difference, Missing, Plan, Source, Sources } from "./discovery-plan";

/** What was in the fields before discovery filled them. */
export interface Undo {
  values: Config;
  sources: Sources;
}

interface Answered {
  url: string;
  summary: string;
  notes: string[];
  tips: string[];
  /** Null when nothing was filled. */
  undo: Undo | null;
}

/** The six states of autofill (reference: ux §2.6). */
export type Phase =
  | { name: "idle" }
  | { name: "loading"; url: string; request: number; slow: boolean }
  | ({ name: "filled" } & Answered)
  | ({ name: "partial"; missing: Missing[] } & Answered)
  | ({
      name: "mismatch";
      differences: Difference[];
      missing: Missing[];
      otherIssuer: string | null;
    } & Answered)
  | { name: "error"; url: string; message: string; fix: string | null; retry: string | null };

export interface DiscoveryState {
  phase: Phase;
  sources: Sources;
}

export type DiscoveryEvent =
  | { type: "asked"; request: number; url: string }
  | { type: "took_long"; request: number }
  | { type: "answered"; request: number; plan: Plan; before: Config }
  | { type: "failed"; request: number; url: string; failure: Failure; retry: string | null }
  | { type: "edited"; name: string; discovers: boolean }
  | { type: "computed"; names: readonly string[] }
  | { type: "used"; name: string }
  | { type: "applied"; names: readonly string[] }
  | { type: "undone" }
  | { type: "saved"; sources: Sources };

const IDLE: Phase = { name: "idle" };
const FILLED: ReadonlySet<Source | undefined> = new Set(["discovery", "computed", "edited"]);

const marked = (sources: Sources, names: readonly string[], source: Source): Sources => ({
  ...sources,
  ...Object.fromEntries(names.map((name) => [name, source])),
});

const isCurrent = (phase: Phase, request: number): boolean =>
  phase.name === "loading" && phase.request === request;

function phaseOf(plan: Plan, undo: Undo | null): Phase {
  const { url, summary, notes, tips, differences, missing, otherIssuer } = plan;
  const answered = { url, summary, notes, tips, undo };
  if (differences.length > 0 || otherIssuer !== null) {
    return { name: "mismatch", differences, missing, otherIssuer, ...answered };
  }
  return missing.length > 0
    ? { name: "partial", missing, ...answered }
    : { name: "filled", ...answered };
}

/** A field that no longer differs leaves the comparison; an empty comparison is over. */
function without(phase: Phase, name: string): Phase {
  if (phase.name === "partial") {
    const missing = phase.missing.filter((item) => item.name !== name);
    return missing.length > 0 ? { ...phase, missing } : IDLE;
  }
  if (phase.name !== "mismatch") return phase;
  const { url, undo, ...rest } = phase;
  const plan = {
    url,
    fill: {},
    notes: rest.notes,
    tips: rest.tips,
    differences: rest.differences.filter((item) => item.name !== name),
    missing: rest.missing.filter((item) => item.name !== name),
    otherIssuer: name === "issuer" ? null : rest.otherIssuer,
    summary: "Every difference is settled.",
  };
  return phaseOf(plan, undo);
}

function answered(state: DiscoveryState, plan: Plan, before: Config): DiscoveryState {
  const names = Object.keys(plan.fill);
  const undo = names.length > 0 ? { values: before, sources: state.sources } : null;
  return { phase: phaseOf(plan, undo), sources: marked(state.sources, names, "discovery") };
}

function edited(state: DiscoveryState, name: string, discovers: boolean): DiscoveryState {
  const source: Source = FILLED.has(state.sources[name]) && !discovers ? "edited" : "typed";
  return {
    // Another address makes an answer that is under way, or on the page, one about something else.
    phase: discovers ? IDLE : without(state.phase, name),
    sources: marked(state.sources, [name], source),
  };
}

/** Fields that were edited since they were filled stay as they are. */
function undone(state: DiscoveryState): DiscoveryState {
  if (!("undo" in state.phase) || !state.phase.undo) return state;
  const { values, sources: earlier } = state.phase.undo;
  const restored = Object.entries({ ...earlier, ...state.sources }).flatMap(([name, source]) => {
    const isBack = name in values && source === "discovery";
    const was = isBack ? earlier[name] : source;
    return was ? [[name, was] as const] : [];
  });
  return { phase: IDLE, sources: Object.fromEntries(restored) };
}

export function discoveryReducer(state: DiscoveryState, event: DiscoveryEvent): DiscoveryState {
  const { phase, sources } = state;
  switch (event.type) {
    case "asked":
      return {
        ...state,
        phase: { name: "loading", url: event.url, request: event.request, slow: false },
      };
    case "took_long":
      return phase.name === "loading" && phase.request === event.request
        ? { ...state, phase: { ...phase, slow: true } }
        : state;
    case "answered":
      return isCurrent(phase, event.request) ? answered(state, event.plan, event.before) : state;
    case "failed": {
      if (!isCurrent(phase, event.request)) return state;
      const { message, fix = null } = event.failure;
      const { url, retry } = event;
      return { ...state, phase: { name: "error", url, message, fix, retry } };
    }
    case "edited":
      return edited(state, event.name, event.discovers);
    case "computed":
      return { ...state, sources: marked(sources, event.names, "computed") };
    case "used":
      return {
        phase: without(phase, event.name),
        sources: marked(sources, [event.name], "discovery"),
      };
    case "applied":
      return {
        phase: event.names.reduce(without, phase),
        sources: marked(sources, event.names, "check"),
      };
    case "undone":
      return undone(state);
    case "saved":
      return { phase: IDLE, sources: event.sources };
  }
}
