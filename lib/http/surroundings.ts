import { coversHost } from "@/lib/gate/host-index";
import type { Snapshot } from "@/lib/gate/snapshot";
import type { Surroundings } from "./pages/frame";
import { isHostOf } from "./request-host";

/** Whether a host is the team's or some application's. */
const isOurs = (snapshot: Snapshot, host: string): boolean =>
  isHostOf(host, snapshot.teamDomain) || coversHost(snapshot, host);

/**
 * How the organization's pages look at a host. One that nobody set up gets no logo: nothing of ours
 * may be fetched there, and whoever invents hosts shall not get more than a few words.
 */
export function surroundingsAt(snapshot: Snapshot, host: string): Surroundings {
  const { design, teamName } = snapshot;
  return { teamName, design: isOurs(snapshot, host) ? design : { ...design, logo: null } };
}
