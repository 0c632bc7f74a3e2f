import { describe, expect, it } from "vitest";
import { FRONT_ENDS } from "../front-ends/schema";
import { proxyConfig } from "./index";
import type { ProxySettings } from "./schema";

const settings = (name: string, more: Partial<ProxySettings> = {}): ProxySettings => ({
  application: {
    ...{ name, aud: "0".repeat(64), destinations: [`${name}.example.com`] },
    serviceTokenHeader: `X-${name}`,
  },
  gateUrl: "http://10.0.0.5:3000",
  teamDomain: "https://team.example.com",
  upstream: "http://10.0.0.6:8080",
  https: true,
  countryHeader: null,
  ...more,
});

describe.each(FRONT_ENDS)("the configuration for %s", (frontEnd) => {
  const { files } = proxyConfig(frontEnd, settings("wiki"));
  const text = files.map((file) => file.text).join("\n");

  it("takes no file from another application's, so that neither loses what keeps its secrets in", () => {
    const others = proxyConfig(frontEnd, settings("mail")).files.map(({ name }) => name);
    expect(others.filter((name) => files.some((file) => file.name === name))).toEqual([]);
    expect(text.toLowerCase()).toContain("x-wiki");
  });
});
