/** PingOne's regions by the end of their host names: https://docs.pingidentity.com/pingone/ */
export const REGIONS = ["com", "eu", "asia", "ca", "com.au", "sg"] as const;
export type Region = (typeof REGIONS)[number];

export const REGION_LABELS: Record<Region, string> = {
  com: "North America (auth.pingone.com)",
  eu: "Europe (auth.pingone.eu)",
  asia: "Asia-Pacific (auth.pingone.asia)",
  ca: "Canada (auth.pingone.ca)",
  "com.au": "Australia (auth.pingone.com.au)",
  sg: "Singapore (auth.pingone.sg)",
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Longer than any address of an environment. */
const LONGEST = 2048;
const PASTED =
  /^(?:https?:\/\/)?(?:auth|console|api)\.pingone\.([a-z.]+)\/(?:.*?)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![^/?#])/i;

const isRegion = (value: unknown): value is Region => REGIONS.some((region) => region === value);

export interface Environment {
  id: string;
  region: Region;
  /** Whether both came from one pasted address. */
  pasted: boolean;
}

/** The environment that is meant, also by an issuer or discovery URL pasted whole; null if none is. */
export function environmentOf(typed: unknown, region: unknown): Environment | null {
  const text = typeof typed === "string" ? typed.slice(0, LONGEST).trim() : "";
  const [, host, id] = PASTED.exec(text) ?? [];
  const from = host?.toLowerCase();
  if (id && isRegion(from)) return { id: id.toLowerCase(), region: from, pasted: true };
  return UUID.test(text) && isRegion(region)
    ? { id: text.toLowerCase(), region, pasted: false }
    : null;
}

export const issuerOf = ({ id, region }: Pick<Environment, "id" | "region">): string =>
  `https://auth.pingone.${region}/${id}/as`;

export const isEnvironmentId = (value: string): boolean => UUID.test(value);
