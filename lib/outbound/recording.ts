import { isAppError } from "@/lib/kit/errors";
import type { Exchange } from "@/lib/oidc/schema";
import type { GuardedFetch } from "./guarded-fetch";
import type { Redactor } from "./redact";

const MOST_CHARACTERS = 4096;

export interface Recording {
  fetch: GuardedFetch;
  /** The exchanges since the last call. */
  take(): Exchange[];
}

const clip = (text: string): string =>
  text.length > MOST_CHARACTERS
    ? `${text.slice(0, MOST_CHARACTERS)}… (${text.length - MOST_CHARACTERS} characters more)`
    : text;

/**
 * Wraps a fetch so that every request and answer is kept, redacted first and cut to 4 KB after, so
 * that no secret survives in a piece. Milliseconds are whole numbers.
 */
export function recordExchanges(fetch: GuardedFetch, redactor: Redactor): Recording {
  let exchanges: Exchange[] = [];
  return {
    take() {
      const taken = exchanges;
      exchanges = [];
      return taken;
    },
    async fetch(url, init = {}) {
      const began = performance.now();
      const exchange: Exchange = {
        method: init.method ?? "GET",
        url: redactor.url(String(url)),
        requestHeaders: redactor.headers(new Headers(init.headers)),
        requestBody:
          init.body === null || init.body === undefined
            ? null
            : clip(redactor.body(String(init.body))),
        status: null,
        responseHeaders: {},
        responseBody: null,
        error: null,
        ms: 0,
      };
      exchanges.push(exchange);
      try {
        const response = await fetch(url, init);
        exchange.status = response.status;
        exchange.responseHeaders = redactor.headers(response.headers);
        const body = await response.clone().text();
        // Only the Token URL is posted to.
        exchange.responseBody = clip(redactor.body(body, exchange.method === "POST")) || null;
        return response;
      } catch (error) {
        exchange.error = isAppError(error) ? error.message : "The request failed.";
        throw error;
      } finally {
        exchange.ms = Math.round(performance.now() - began);
      }
    },
  };
}
