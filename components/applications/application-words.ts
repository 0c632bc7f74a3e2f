import type { FrontEndId } from "@/lib/gate/front-ends/schema";

export const APPLICATIONS = "/access/applications";

export const TABS = [
  { id: "overview", label: "Overview" },
  { id: "policies", label: "Policies" },
  { id: "authentication", label: "Login methods" },
  { id: "experience", label: "Experience" },
  { id: "advanced", label: "Advanced settings" },
] as const;
export type TabId = (typeof TABS)[number]["id"];

export const applicationHref = (id: string, tab: TabId = "overview"): string =>
  `${APPLICATIONS}/${id}/${tab}`;

/** Anchor of the card with the proxies' configurations. */
export const PROXY_CARD = "reverse-proxy";

/** The configuration of one proxy on an application's page. */
export const proxyConfigHref = (id: string, frontEnd: FrontEndId | null): string =>
  `${applicationHref(id)}${frontEnd ? `?proxy=${frontEnd}` : ""}#${PROXY_CARD}`;

export const isTab = (text: string): text is TabId => TABS.some(({ id }) => id === text);

/** What a hostname as it stands covers, in a sentence; null while it cannot be one. */
export function coverWords(destination: { host: string; path: string } | null): string | null {
  if (!destination) return null;
  const { host, path } = destination;
  const where = host.includes("*")
    ? `every host of the form ${host} (each * stands for part of one name, never for a dot)`
    : `${host}${/:\d+$/.test(host) ? "" : " on any port"}`;
  if (path === "") return `Covers ${where}, with all paths.`;
  if (!path.includes("*")) return `Covers ${path} and everything below it on ${where}.`;
  return `Covers ${path}, where * stands for anything, and what lies below, on ${where}.`;
}
