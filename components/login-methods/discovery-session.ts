import type { Config, Connector } from "@/lib/connectors/definition";
import type { Result } from "@/lib/kit/result";
import type { DiscoveryReport } from "@/lib/oidc/discovery-schema";
import { mayFill, planFor, type Sources } from "./discovery-plan";
import { type DiscoveryEvent, type DiscoveryState, discoveryReducer } from "./discovery-state";
import { isBlank, isSame } from "./field-values";

const SPINNER_AFTER_MS = 200;
const PASTE_SETTLES_MS = 400;
const WELL_KNOWN = "/.well-known/openid-configuration";

/** The form as discovery sees it. */
export interface Desk {
  values(): Config;
  write(values: Config): void;
  /** Rejects only when it was aborted. */
  ask(kind: string, config: Config, signal: AbortSignal): Promise<Result<DiscoveryReport>>;
}

export interface DiscoveryView extends DiscoveryState {
  /** The last document, for what it suggests. */
  report: DiscoveryReport | null;
}

/** Where the values of a saved form come from: what still follows from other fields is computed. */
export function savedSources(connector: Connector, saved: Config): Sources {
  const derived = connector.derive(saved);
  return Object.fromEntries(
    connector.fields
      .filter(({ name }) => !isBlank(saved[name]))
      .map(({ name }) => [name, isSame(saved[name], derived[name]) ? "computed" : "saved"]),
  );
}

/** The usual place of the document on the same server, when something else was typed. */
function usualPlace(url: string): string | null {
  const usual = `${new URL(url).origin}${WELL_KNOWN}`;
  const typed = url.replace(/\/+$/, "");
  return typed === usual || `${typed}${WELL_KNOWN}` === usual ? null : usual;
}

const only = (config: Config, names: readonly string[]): Config =>
  Object.fromEntries(names.map((name) => [name, config[name]]));

/** Reads discovery when its fields are left, and fills what nobody typed. */
export class DiscoverySession {
  private view: DiscoveryView;
  private readonly listeners = new Set<() => void>();
  private lastRead: string | null;
  private request = 0;
  private controller = new AbortController();
  private paste: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly connector: Connector,
    private readonly desk: Desk,
    saved: Config | null,
  ) {
    const sources = saved ? savedSources(connector, saved) : {};
    this.view = { phase: { name: "idle" }, sources, report: null };
    this.lastRead = saved && connector.discoveryUrl(saved);
  }

  readonly current = () => this.view;
  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  private show(view: DiscoveryView) {
    this.view = view;
    for (const listener of this.listeners) listener();
  }

  private dispatch(event: DiscoveryEvent) {
    this.show({ ...this.view, ...discoveryReducer(this.view, event) });
  }

  /** Nothing that is under way is waited for any more. */
  readonly stop = () => {
    clearTimeout(this.paste);
    this.controller.abort();
    this.controller = new AbortController();
    this.request += 1;
  };

  /** Works out what follows from the fields, without asking anyone. */
  readonly compute = () => {
    const { connector, desk, view } = this;
    const config = desk.values();
    const follows = (name: string) =>
      connector.fields.some((field) => field.name === name && field.discovers) ||
      mayFill(config, view.sources, name);
    const fill = Object.fromEntries(
      Object.entries(connector.derive(config)).filter(
        ([name, value]) => !isSame(config[name], value) && follows(name),
      ),
    );
    const names = Object.keys(fill);
    if (names.length === 0) return;
    desk.write(fill);
    this.dispatch({ type: "computed", names });
  };

  /** A field of discovery was left: compute, and read when the address is another one. */
  readonly settle = () => {
    clearTimeout(this.paste);
    this.compute();
    if (this.connector.discoveryUrl(this.desk.values()) !== this.lastRead) void this.read();
  };

  readonly pasted = () => {
    clearTimeout(this.paste);
    this.paste = setTimeout(this.settle, PASTE_SETTLES_MS);
  };

  readonly edited = (name: string, discovers: boolean) => {
    if (discovers) {
      this.stop();
      this.lastRead = null;
    }
    this.dispatch({ type: "edited", name, discovers });
  };

  readonly fetch = () => {
    this.compute();
    void this.read();
  };

  async read(): Promise<void> {
    const { connector, desk } = this;
    const url = connector.discoveryUrl(desk.values());
    this.stop();
    this.lastRead = url;
    if (!url) return;
    const { request, controller } = this;
    this.dispatch({ type: "asked", request, url });
    const slow = setTimeout(() => this.dispatch({ type: "took_long", request }), SPINNER_AFTER_MS);
    const asked = connector.fields.filter((field) => field.discovers).map(({ name }) => name);
    try {
      const config = Object.fromEntries(asked.map((name) => [name, desk.values()[name] ?? ""]));
      const result = await desk.ask(connector.kind, config, controller.signal);
      if (request === this.request) this.settleAnswer(url, result);
    } catch (error) {
      // An edited address aborts the reading of the old one; its own reading tells the rest.
      if (!controller.signal.aborted) throw error;
    } finally {
      clearTimeout(slow);
    }
  }

  private settleAnswer(url: string, result: Result<DiscoveryReport>) {
    const { connector, desk, request } = this;
    if (!result.ok) {
      const typesUrl = connector.fields.some(({ name }) => name === "discovery_url");
      // Where no server answered, none of its addresses will.
      const answered = result.code === "discovery_failed";
      const retry = typesUrl && answered ? usualPlace(url) : null;
      this.dispatch({ type: "failed", request, url, failure: result, retry });
      return;
    }
    const values = desk.values();
    const { sources } = this.view;
    const plan = planFor(result.data, { fields: connector.fields, values, sources });
    const before = only(values, Object.keys(plan.fill));
    desk.write(plan.fill);
    this.view = { ...this.view, report: result.data };
    this.dispatch({ type: "answered", request, plan, before });
  }

  readonly retry = (url: string) => {
    this.desk.write({ discovery_url: url });
    void this.read();
  };

  readonly use = (name: string, value: unknown) => {
    this.desk.write({ [name]: value });
    this.dispatch({ type: "used", name });
  };

  /** Takes the values of a remedy. */
  readonly apply = (values: Config) => {
    this.desk.write(values);
    this.dispatch({ type: "applied", names: Object.keys(values) });
  };

  /** Puts back what was filled, but for the fields that were edited since. */
  readonly undo = () => {
    const { phase, sources } = this.view;
    if (!("undo" in phase) || !phase.undo) return;
    const untouched = Object.keys(phase.undo.values).filter(
      (name) => sources[name] === "discovery",
    );
    this.desk.write(only(phase.undo.values, untouched));
    this.dispatch({ type: "undone" });
  };

  readonly saved = (config: Config) => {
    this.stop();
    this.lastRead = this.connector.discoveryUrl(config);
    this.dispatch({ type: "saved", sources: savedSources(this.connector, config) });
  };
}
