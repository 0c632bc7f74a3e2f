import type { Browser, BrowserContext } from "@playwright/test";
import type { Measurement } from "./report";

export interface Route {
  path: string;
  name: string;
  /** Gzipped KB that the page class may cost (ux §4.3). */
  budget: { js: number; css: number };
}

export const CLASSES = {
  list: { js: 230, css: 25 },
  form: { js: 270, css: 25 },
} as const;

interface Weight {
  js: number;
  css: number;
  html: number;
}

/** Bytes on the wire in KB, by kind, of one page loaded with an empty cache. */
async function weigh(context: BrowserContext, url: string): Promise<Weight> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const kinds = new Map<string, keyof Weight>();
  const bytes: Weight = { js: 0, css: 0, html: 0 };
  const kindOf: Record<string, keyof Weight> = {
    Script: "js",
    Stylesheet: "css",
    Document: "html",
  };
  devtools.on("Network.responseReceived", ({ requestId, type }) => {
    const kind = kindOf[type];
    if (kind) kinds.set(requestId, kind);
  });
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind) bytes[kind] += encodedDataLength / 1024;
  });
  await devtools.send("Network.enable");
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.goto(url, { waitUntil: "networkidle" });
  await page.close();
  return bytes;
}

/** JavaScript and CSS of each route, beside the lightest page of the same application. */
export async function pageWeights(
  browser: Browser,
  origin: string,
  storageState: Awaited<ReturnType<BrowserContext["storageState"]>>,
  routes: readonly Route[],
): Promise<Measurement[]> {
  const signedOut = await browser.newContext();
  const floor = await weigh(signedOut, `${origin}/login`);
  await signedOut.close();
  const context = await browser.newContext({ storageState });
  const measurements: Measurement[] = [];
  for (const { path, name, budget } of routes) {
    const { js, css } = await weigh(context, origin + path);
    const of = (kind: "js" | "css") => ({ what: "sign-in page", value: floor[kind] });
    measurements.push(
      { what: `${name}: JS`, value: js, unit: "KB", reference: of("js"), budget: budget.js },
      { what: `${name}: CSS`, value: css, unit: "KB", reference: of("css"), budget: budget.css },
    );
  }
  await context.close();
  return measurements;
}
