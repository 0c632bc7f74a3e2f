/** Paths that one of proxy, gate and application may read as /admin. */
export const SPELLINGS = [
  "/admin",
  "/admin/",
  "/admin/users",
  "/%61dmin",
  "/%61%64%6d%69%6e",
  "/%2561dmin",
  "/open/../admin",
  "/open/./../admin",
  "/open/%2e%2e/admin",
  "/open/%2E%2E/admin",
  "/open/.%2e/admin",
  "/open/..%2fadmin",
  "/open/..%2Fadmin",
  "/open%2f..%2fadmin",
  "/open/..%5cadmin",
  "/open/..\\admin",
  "//admin",
  "///admin",
  "/open//../admin",
  "/./admin",
  "/.//admin",
  "/admin;x",
  "/admin;x=1/users",
  "/open;/../admin",
  "/open/..;/admin",
  "/;/admin",
  "/ADMIN",
  "/aDmin",
  "/admin.",
  "/admin%20",
  "/admin%00",
  "/admin%00.png",
  "/admin%2f",
  "/admin%3fopen",
  "/admin%23open",
  "/admin?open",
  "/admin#open",
  "/%c0%ae%c0%ae/admin",
  "/%c1%a1dmin",
  "/%u0061dmin",
  "/%zz/../admin",
  "/open/%252e%252e/admin",
  "/\u00e1/../admin",
  "/%ef%bd%81dmin",
  "/open/%2e%2e%2fadmin",
  "/open/%2e./admin",
];

const ACCESS_PREFIXES = [
  "/cdn-cgi/access/",
  "//cdn-cgi/access/",
  "/cdn-cgi//access//",
  "/x/../cdn-cgi/access/",
  "/./cdn-cgi/./access/",
  "/%63dn-cgi/access/",
  "/cdn-cgi%2faccess/",
  "/cdn-cgi%2Faccess%2F",
  "/cdn-cgi\\access\\",
  "/CDN-CGI/Access/",
  "/cdn-cgi/access;x/",
];
/** Two segments up, which leads out of them. */
const WAYS_OUT = [
  "../../",
  "%2e%2e/%2e%2e/",
  "%2E./.%2e/",
  "..%2f..%2f",
  "..%5c..%5c",
  "..\\..\\",
  "..;/..;/",
  "..//..//",
  "./../.././",
  "x/../../../",
  "x%2f..%2f../../",
  "..%00/..%00/",
  "%252e%252e/%252e%252e/",
  "../..%2f",
  "//../../..//",
];

/** Paths of which some proxy might believe that they are the gate's own while the application reads another. */
export const ACCESS_SPELLINGS = ACCESS_PREFIXES.flatMap((prefix) =>
  WAYS_OUT.map((out) => `${prefix}${out}admin`),
);

/** First segment of a path as an application might read it that decodes, resolves and folds whatever it can. */
export function firstSegment(url: string): string {
  let path = url.split(/[?#]/, 1)[0] ?? "";
  for (let round = 0; round < 3; round += 1) {
    path = path.replace(/%([0-9a-f]{2})/gi, (_, hex) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
  const segments: string[] = [];
  for (const segment of path.replaceAll("\\", "/").toLowerCase().split("/")) {
    const bare = (segment.split(/[;\0?#]/, 1)[0] ?? "").replace(/[. ]+$/, (end) =>
      segment.startsWith(".") ? end : "",
    );
    if (bare === "..") segments.pop();
    else if (bare !== "" && bare !== ".") segments.push(bare);
  }
  return segments[0] ?? "";
}

export const leadsToAdmin = (url: string): boolean => firstSegment(url) === "admin";
