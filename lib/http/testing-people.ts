import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, vi } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { insertGuardedApplication, insertSession } from "@/db/testing-rows";
import { firstOwner } from "@/lib/admins/testing";
import { gate } from "@/lib/gate/state";
import { signToken } from "@/lib/keys/sign";
import { ensureSigningKey } from "@/lib/keys/store";
import type { Owner } from "@/lib/kit/actor";
import { addLoginMethod } from "@/lib/login-methods/store";
import { personToken } from "@/lib/sessions/mint";
import { type Practice, startPractice } from "@/practice";
import { signInAt } from "@/practice/sign-in";
import { dataPlane } from "./data-plane";
import { CALLBACK, CONSOLE } from "./testing-journey";
import type { PersonBrowser } from "./testing-login";

export type Method = Awaited<ReturnType<typeof addLoginMethod>>;

/** People, a practice provider that they sign in at, and a gate that knows of it. */
export interface People {
  owner: Owner;
  /** By which `leave` signs in unless told otherwise; brings the custom claim `groups`. */
  method: Method;
  practice: Practice;
  addMethod(claims?: string[], more?: Record<string, unknown>): Promise<Method>;
}

/** Settings of a login method at a practice provider. */
async function configAt(practice: Practice): Promise<Record<string, unknown>> {
  const provider = practice.providers.find(({ id }) => id === "generic");
  if (!provider) throw new Error("no generic provider");
  const { client_id, client_secret } = provider.fields;
  const document = await fetch(`http://${provider.hostPort}/.well-known/openid-configuration`);
  const endpoints = (await document.json()) as Record<string, string>;
  return {
    client_id,
    client_secret,
    auth_url: endpoints.authorization_endpoint,
    token_url: endpoints.token_endpoint,
    certs_url: endpoints.jwks_uri,
    issuer: endpoints.issuer,
    pkce_enabled: true,
    scopes: ["openid", "email", "profile", "groups"],
  };
}

/** Call it at the top of a file; what it answers is filled in before the first test. */
export function usePeople(): People {
  vi.stubEnv("GATEHOUSE_URL", CONSOLE);
  vi.stubEnv("OUTBOUND_ALLOW", "127.0.0.1,localhost");
  useTestDatabase();
  const people = {} as People;
  beforeAll(async () => {
    people.practice = await startPractice({ port: 0, redirectUris: [CALLBACK] });
    const config = await configAt(people.practice);
    people.owner = await firstOwner();
    people.addMethod = async (claims = [], more = {}) => {
      const name = `Practice ${randomUUID()}`;
      const values = { name, config: { ...config, claims, ...more } };
      const method = await addLoginMethod(people.owner, { kind: "oidc", values });
      await gate().reload();
      return method;
    };
    await ensureSigningKey(dataPlane);
    await gate().ready();
    people.method = await people.addMethod(["groups"]);
  });
  afterAll(async () => {
    gate().stop();
    await people.practice.stop();
  });
  return people;
}

/** An application that anybody opens who signs in; the gate knows of it already. */
export async function insertOpenApplication(
  host: string,
  made?: Parameters<typeof insertGuardedApplication>[1],
) {
  const application = await insertGuardedApplication(host, made);
  await gate().reload();
  return application;
}

/** Addresses that a page links to. */
export const linksIn = (html: string): string[] =>
  [...html.matchAll(/(?:href|action|src)="([^"]+)"/g)].map(([, link = ""]) =>
    link.replaceAll("&amp;", "&"),
  );

/** Opens an application, and comes as far as the provider. */
export async function leave(
  browser: PersonBrowser,
  host: string,
  target: string,
  by: Pick<Method, "id">,
) {
  const denied = await browser.ask(host, target);
  const login = String(denied.headers.location ?? "");
  const page = await browser.team.open(login);
  const html = await page.text();
  const href = linksIn(html).find((link) => link.includes(by.id));
  const start = await browser.team.open(new URL(href ?? "/", CONSOLE).href);
  return { denied, login, page, html, provider: start.headers.get("location") ?? "" };
}

/** Signs in at the provider and comes back to the callback. */
export const back = async (browser: PersonBrowser, provider: string, who = "ada") =>
  browser.team.open(await signInAt(provider, who));

/** The whole way in; without the provider where the browser is signed in already. */
export async function enter(
  browser: PersonBrowser,
  host: string,
  by: Pick<Method, "id">,
  { target = "/", who = "ada" } = {},
) {
  const { provider, page } = await leave(browser, host, target, by);
  const callback = page.status === 302 ? page : await back(browser, provider, who);
  const authorized = await browser.visit(callback.headers.get("location") ?? "");
  return { callback, authorized };
}

/** Where a page leads: a redirect, or the link of a login method. */
async function nextOf(page: Response, by: Pick<Method, "id">): Promise<string | null> {
  const location = page.headers.get("location");
  if (location || page.status !== 200) return location;
  const links = linksIn(await page.clone().text());
  return links.find((link) => link.includes(by.id)) ?? null;
}

/** What a browser gets at an address, wherever that is; null for the application itself. */
async function pageAt(browser: PersonBrowser, host: string, at: string): Promise<Response | null> {
  const { origin, host: asked, pathname, search } = new URL(at);
  if (origin === CONSOLE) return browser.team.open(at);
  if (asked !== host) return Response.redirect(await signInAt(at, "ada"));
  if (pathname.startsWith("/cdn-cgi/")) return browser.visit(at);
  const { allowed, status, headers, body } = await browser.ask(host, pathname + search);
  if (allowed) return null;
  return new Response(body, { status, headers: { location: String(headers.location ?? "") } });
}

/**
 * A tab of a browser in which one address is opened: goes wherever it is led, chooses the login method
 * and signs in as ada. Answers the page where it ends; null for the application itself.
 */
export async function openTab(
  browser: PersonBrowser,
  host: string,
  by: Pick<Method, "id">,
  target = "/",
): Promise<Response | null> {
  let at = `http://${host}${target}`;
  for (let hop = 0; hop < 40; hop += 1) {
    const page = await pageAt(browser, host, at);
    const next = page && (await nextOf(page, by));
    if (!next) return page;
    at = new URL(next, at).href;
  }
  throw new Error(`${host} leads round and round`);
}

export const tokenIn = (browser: PersonBrowser, host: string): string =>
  browser.jar(host).get("CF_Authorization") ?? "";

/** Somebody's token for an application, as if they had signed in; the gate knows them already. */
export async function tokenFor(
  application: { id: string; aud: string; tokenEpoch: number; policyId: string },
  { email = "ada@example.com", issuer = CONSOLE, host = null as string | null } = {},
) {
  const { id: sessionId, userId, loginMethodId } = await insertSession(email);
  await gate().reload();
  const token = await signToken(
    personToken({
      ...{ issuer, now: Date.now(), expiresAt: Date.now() + 3_600_000, application },
      ...{ userId, sessionId, email, country: null, policyId: application.policyId, claims: [] },
      host,
    }),
  );
  return { token, sessionId, userId, loginMethodId };
}
