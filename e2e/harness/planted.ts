import { appendFileSync, readFileSync } from "node:fs";
import type { BrowserContext } from "@playwright/test";
import { stage } from "./stage";

/** Notes a secret: the last project looks for it everywhere. */
export function plant(secret: string): void {
  if (secret === "") throw new Error("an empty secret is everywhere");
  appendFileSync(stage().plantedFile, `${secret}\n`);
}

export const planted = (): string[] => [
  ...new Set(readFileSync(stage().plantedFile, "utf8").split("\n").filter(Boolean)),
];

/** Notes the one-time nonces with which a browser comes back to applications. */
export function plantNonces(context: BrowserContext): void {
  context.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    const nonce = searchParams.get("nonce");
    if (pathname.startsWith("/cdn-cgi/access/") && nonce) plant(nonce);
  });
}

/** Notes what a browser holds by now: of a token the signature, which is what makes it one. */
export async function plantCookies(context: BrowserContext): Promise<string[]> {
  // A practice provider's cookies are none of ours; ports do not keep cookies apart.
  const cookies = (await context.cookies()).filter(({ name }) => name.startsWith("CF_"));
  for (const { value } of cookies) {
    const [, , signature] = value.split(".");
    if (value.length >= 32) plant(signature || value);
  }
  return cookies.map(({ name }) => name);
}
