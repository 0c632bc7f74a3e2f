import { describe, expect, it } from "vitest";
import { allCountries, countryCode, countryLabel } from "./countries";

const all = allCountries();

describe("countries", () => {
  it("are those of today, each once, and no name has a comma", () => {
    const codes = all.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(["DE", "NZ", "XK", "TW", "HK"]));
    for (const code of ["DD", "SU", "EU", "ZZ", "UK"]) expect(codes).not.toContain(code);
    expect(all.length).toBeGreaterThan(240);
    expect(new Set(all.map(({ value }) => value)).size).toBe(all.length);
    expect(all.filter(({ value }) => value.includes(","))).toEqual([]);
  });

  it.each([
    ["New Zealand (NZ)", "NZ"],
    ["new zealand", "NZ"],
    ["nz", "NZ"],
    ["Atlantis", "Atlantis"],
  ])("%s is %s", (text, code) => expect(countryCode(text, all)).toBe(code));

  it("without a name are shown by their code", () => {
    expect(countryLabel("QQ")).toBe("QQ");
    expect(countryLabel("NZ")).toBe("New Zealand (NZ)");
  });
});
