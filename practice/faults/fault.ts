import type { IncomingMessage, ServerResponse } from "node:http";
import type { ClientMetadata, KoaContextWithOIDC } from "oidc-provider";
import type { DiagnosisCode } from "../../lib/oidc/catalogue";
import type { SigningKey } from "../keys";

export interface Workshop {
  /** Origin of the site, without a slash at the end. */
  base: string;
  issuer: string;
  key: SigningKey;
}

/** Changes an answer that oidc-provider has already prepared. */
export type Hook = (context: KoaContextWithOIDC, workshop: Workshop) => void | Promise<void>;

/** By oidc-provider's route name: `authorization` is the request, `resume` follows the sign-in form. */
export interface Hooks {
  authorization?: Hook;
  pushed_authorization_request?: Hook;
  resume?: Hook;
  token?: Hook;
  userinfo?: Hook;
  discovery?: Hook;
}

/** What comes of a fault. */
export interface Finding {
  /**
   * What a Test finds, by its code; null where it passes. Absent where the form finds it, or where
   * no answer comes back that belongs to the test.
   */
  code?: DiagnosisCode | null;
  /** Label of the button after which the Test passes; `{base}` stands for the origin. */
  remedy?: string;
  /** Settings that it takes, besides those that discovery fills in. */
  setup?: Record<string, string | number | boolean | readonly string[]>;
  /** Who has to sign in to see it; anyone when absent. */
  user?: string;
  /** Heading on the page that lists the faults. */
  group?: string;
}

/** One way to misbehave, chosen by client id. */
export interface Fault extends Finding {
  /** The client id. */
  id: string;
  title: string;
  /** What a Test of this client is to say. */
  expect: string;
  hooks?: Hooks;
  client?: Partial<ClientMetadata>;
  /** Values to paste instead of the provider's own, by config key; `{base}` stands for the origin. */
  fields?: Record<string, string>;
}

/** One address that answers wrongly, below `/faults/`. */
export interface FaultyAddress extends Finding {
  id: string;
  title: string;
  expect: string;
  /** Config key of the field to paste the address into. */
  field: "certs_url" | "discovery_url";
  answer(request: IncomingMessage, response: ServerResponse, workshop: Workshop): void;
}

export const epochSeconds = (): number => Math.floor(Date.now() / 1000);

export const webPage = (title: string): string =>
  `<!doctype html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
