import "server-only";
import { dataPlane } from "@/lib/http/data-plane";
import { env } from "@/lib/kit/env";
import { log } from "@/lib/kit/log";
import { teamDomainFor } from "@/lib/team/domain";
import { buildSnapshot } from "./build-snapshot";
import type { Snapshot } from "./snapshot";
import { readConfiguration } from "./store";

const RETRY_MS = 500;

/** The newest snapshot, and whether something changed that is not in it. */
export interface KeptConfiguration {
  snapshot(): Snapshot | null;
  /** Something changed: reads all of it again, and settles when nothing is left to read. */
  changed(): Promise<void>;
  /** Milliseconds (monotonic) since when a change waits to be read; null when none does. */
  dirtySince(): number | null;
  stop(): void;
}

export function keepConfiguration(): KeptConfiguration {
  let snapshot: Snapshot | null = null;
  let revision = 0;
  let dirtySince: number | null = 0;
  /** Counts the changes, so that a reading knows whether one came while it was at work. */
  let changes = 0;
  let loading: Promise<void> | null = null;
  let stopped = false;

  async function load(): Promise<void> {
    const before = changes;
    const started = performance.now();
    const rows = await readConfiguration(dataPlane);
    const { url, authDomain } = env();
    revision += 1;
    snapshot = buildSnapshot(rows, revision, {
      consoleUrl: url,
      teamDomain: (name) => teamDomainFor(url, authDomain, name),
    });
    dirtySince = changes === before ? null : started;
  }

  async function untilClean(): Promise<void> {
    while (dirtySince !== null && !stopped) {
      try {
        await load();
      } catch (err) {
        if (stopped) return;
        log.error({ err }, "the gate could not read the configuration");
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      }
    }
  }

  return {
    snapshot: () => snapshot,
    dirtySince: () => dirtySince,
    changed() {
      changes += 1;
      dirtySince ??= performance.now();
      loading ??= untilClean().finally(() => {
        loading = null;
      });
      return loading;
    },
    stop() {
      stopped = true;
    },
  };
}
