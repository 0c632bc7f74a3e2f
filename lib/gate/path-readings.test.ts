import { describe, expect, it } from "vitest";
import { parseDestination } from "@/lib/applications/destination";
import { indexHosts } from "./host-index";
import { pathReadings } from "./path-readings";
import type { GateApplication } from "./snapshot";
import { applicationAt } from "./target-application";

const HOST = "app.example.com";

const application = (id: string, path: string): GateApplication =>
  ({
    id,
    destinations: [parseDestination(`${HOST}${path}`)],
  }) as unknown as GateApplication;

const where = (paths: Record<string, string>, target: string, host = HOST): string => {
  const hosts = indexHosts(Object.entries(paths).map(([id, path]) => application(id, path)));
  const found = applicationAt({ hosts }, host, target);
  return found.application ? found.application.id : found.why;
};

const OPEN_AND_ADMIN = { open: "", admin: "/admin" };

describe("an odd spelling of a path (path confusion, peers.md §5 class 4)", () => {
  it.each([
    "/open/../admin",
    "/open/%2e%2e/admin",
    "/open/%2E./admin",
    "/open/..%2fadmin",
    "/open/..%5cadmin",
    "/open\\..\\admin",
    "/open%2f..%2fadmin",
    "/%61dmin",
    "/%2561dmin",
    "/admin%2fusers",
    "/admin;x=1/users",
    "/open;/..;/admin",
    "//admin",
    "/./admin",
    "/open/.//../admin",
    "/ADMIN",
    "/Admin/users",
    "/admin%00.png",
    "/open/..%00/admin",
    "/open/.%09./admin",
    "/open/%252e%252e/%2500/admin",
    "/admin%20",
    "/admin.",
    "/admin%3fx",
    "/admin%23x",
    "/\uff41dmin",
    "/open/%c0%ae%c0%ae/admin",
    "/%c1%a1dmin",
    "/%zzadmin",
    "/open%",
    "/admin\u0000",
    `/${"%25".repeat(70)}61dmin`,
  ])("%j never counts as the open part", (target) =>
    expect(where(OPEN_AND_ADMIN, target)).not.toBe("open"),
  );

  it.each([
    ["/admin", "admin"],
    ["/admin/", "admin"],
    ["/admin/users?x=%2e%2e/open", "admin"],
    ["/administrator", "open"],
    ["/open?next=/admin", "open"],
    ["/open#/admin", "open"],
    ["/caf%C3%A9/na%20me", "open"],
    ["/a/b.c/d-e_f~g", "open"],
    ["/search;jsessionid=1", "open"],
    ["/Images/Logo.PNG", "open"],
  ])("%j leads to %s", (target, id) => expect(where(OPEN_AND_ADMIN, target)).toBe(id));

  // An application behind the proxy may not tell one case from the other (audit: case of paths).
  it.each(["/Admin", "/admin", "/ADMIN/Users", "/aDmin//"])(
    "%j leads to the one application, however its path was spelled",
    (target) => {
      expect(where({ open: "", admin: "/Admin" }, target)).toBe("admin");
      expect(where({ open: "", admin: "/admin" }, target)).toBe("admin");
    },
  );

  it("does not matter on a host that is one application's alone", () => {
    expect(where({ all: "" }, "/a/..%2f%zz//\\;x")).toBe("all");
    expect(where({ part: "/part" }, "/part/../other")).toBe("ambiguous_path");
    expect(where({ part: "/part" }, "/other")).toBe("unknown_host");
  });
});

// 39 ms each at one time, and nobody needs a session to ask (audit: one client stalls the gate).
it.each([
  `/%2525\u202641/${"\\".repeat(8_000)}`,
  `/%25252e%2e;A \\/${"%2e/".repeat(2_000)}`,
  `/${"/. ;A\\".repeat(1_300)}`,
])("nobody reads what has too many characters in all its readings: %.20j", (path) => {
  expect(pathReadings(path)).toBeNull();
  expect(where(OPEN_AND_ADMIN, path)).toBe("ambiguous_path");
  expect(where(OPEN_AND_ADMIN, path, "unknown.example.com")).toBe("unknown_host");
});

it("reads a long path that is only a little odd", () => {
  const path = `/open/${"word%20".repeat(600)}`;
  expect(where(OPEN_AND_ADMIN, path)).toBe("open");
});

it.each(["/", "/a/b", "/a/b/", "/a.b/c"])("%j has one reading", (path) =>
  expect(pathReadings(path)).toEqual([path]),
);

it("ends for whatever is sent", () => {
  const pieces = ["%2e", "%2f", "%25", "..", ".", "/", "//", "\\", ";a", "%00", "A", "é", "%", " "];
  let seed = 7;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed;
  };
  for (let round = 0; round < 2_000; round += 1) {
    const length = random() % 12;
    const path = Array.from({ length }, () => pieces[random() % pieces.length]).join("");
    expect((pathReadings(`/${path}`)?.length ?? 1) > 0).toBe(true);
  }
});
