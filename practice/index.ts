import type { Entry, PracticeProvider } from "./entry";
import { homePage } from "./home-page";
import { startAuthentik } from "./providers/authentik";
import { startEntra } from "./providers/entra";
import { startGeneric } from "./providers/generic";
import { startGithub } from "./providers/github";
import { startGitlab } from "./providers/gitlab";
import { startGoogle } from "./providers/google";
import { startKeycloak } from "./providers/keycloak";
import { startOkta } from "./providers/okta";
import { scimPush } from "./scim/push-page";
import { openSite, type Site } from "./site";

export type { PracticeProvider } from "./entry";

export interface Practice {
  providers: PracticeProvider[];
  stop(): Promise<void>;
}

interface Options {
  /** The first of `PORTS` ports in a row; 0 takes any that are free. */
  port?: number;
  /** Where clients may be sent back to; `{team}` stands for any team name. */
  redirectUris: readonly string[];
}

const STARTERS: readonly ((
  site: Site,
  redirectUris: readonly string[],
) => Promise<Entry | Entry[]>)[] = [
  startGeneric,
  startOkta,
  startAuthentik,
  startKeycloak,
  startEntra,
  startGoogle,
  startGitlab,
  startGithub,
];

/** How many ports in a row they take. */
export const PORTS = STARTERS.length;

const ORDER: readonly PracticeProvider["id"][] = [
  "generic",
  "okta",
  "okta-custom",
  "authentik",
  "keycloak",
  "entra",
  "entra-common",
  "google",
  "gitlab",
  "github",
];

/** Starts every practice provider on loopback. Throws when a port is taken; then nothing runs on. */
export async function startPractice({ port = 4400, redirectUris }: Options): Promise<Practice> {
  const sites: Site[] = [];
  const stop = async () => {
    await Promise.all(sites.map((site) => site.stop()));
  };
  try {
    for (const index of STARTERS.keys()) sites.push(await openSite(port === 0 ? 0 : port + index));
    const entries = await Promise.all(
      sites.map(async (site, index) =>
        [(await STARTERS[index]?.(site, redirectUris)) ?? []].flat(),
      ),
    );
    const providers = entries
      .flat()
      .map(({ provider }) => provider)
      .sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id));
    const push = scimPush();
    for (const [index, site] of sites.entries()) {
      site.serve([
        homePage(providers),
        push,
        ...(entries[index] ?? []).map(({ handle }) => handle),
      ]);
    }
    return { providers, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
