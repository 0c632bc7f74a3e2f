import type { Exchange } from "@/lib/oidc/schema";
import {
  type ReportSubject,
  reportedSettings,
  type TimedExchange,
  tellable,
  timedExchanges,
} from "./subject";

/** `name: value` pairs as HAR 1.2 has them. */
const pairs = (record: Record<string, string>) =>
  Object.entries(record).map(([name, value]) => ({ name, value }));

const queryOf = (url: string) =>
  URL.canParse(url) ? [...new URL(url).searchParams].map(([name, value]) => ({ name, value })) : [];

const header = (headers: Record<string, string>, wanted: string): string =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1] ?? "";

function requestOf({ method, url, requestHeaders, requestBody }: Exchange) {
  return {
    method,
    url,
    httpVersion: "HTTP/1.1",
    cookies: [],
    headers: pairs(requestHeaders),
    queryString: queryOf(url),
    headersSize: -1,
    bodySize: requestBody === null ? 0 : Buffer.byteLength(requestBody),
    ...(requestBody !== null && {
      postData: {
        mimeType: header(requestHeaders, "content-type") || "application/x-www-form-urlencoded",
        params: [],
        text: requestBody,
      },
    }),
  };
}

function responseOf({ status, responseHeaders, responseBody, error }: Exchange) {
  const text = responseBody ?? "";
  return {
    status: status ?? 0,
    statusText: "",
    httpVersion: "HTTP/1.1",
    cookies: [],
    headers: pairs(responseHeaders),
    content: {
      size: Buffer.byteLength(text),
      mimeType: header(responseHeaders, "content-type") || "x-unknown",
      text,
    },
    redirectURL: header(responseHeaders, "location"),
    headersSize: -1,
    bodySize: -1,
    ...(error && { _error: error }),
  };
}

const entryOf = ({ step, exchange, at }: TimedExchange) => ({
  startedDateTime: new Date(at).toISOString(),
  time: exchange.ms,
  request: requestOf(exchange),
  response: responseOf(exchange),
  cache: {},
  timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: exchange.ms, receive: 0 },
  _step: step,
});

/**
 * The requests of a run as an HTTP Archive 1.2, with the steps and the diagnosis beside them under
 * `_gatehouse`. The times of the entries are worked out from their durations.
 */
export function harReport(asked: ReportSubject): Record<string, unknown> {
  const subject = tellable(asked);
  const { run, version, includeValues } = subject;
  const log = {
    version: "1.2",
    creator: { name: "Gatehouse", version },
    pages: [],
    entries: timedExchanges(subject).map(entryOf),
    comment: "Codes, tokens, state and secrets were taken out when this was recorded.",
    _gatehouse: {
      run: run.id,
      loginMethod: run.loginMethod,
      version: run.version,
      unsaved: run.draftId !== null,
      state: run.state,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      redirectUri: run.redirectUri,
      steps: run.steps.map(({ step, status, summary, ms, facts }) => ({
        step,
        status,
        summary,
        ms,
        facts,
      })),
      diagnosis: "diagnosis" in run ? run.diagnosis : null,
      warnings: "warnings" in run ? run.warnings : [],
      settings: reportedSettings(subject),
      ...(includeValues && "claims" in run && { claims: run.claims }),
    },
  };
  return { log };
}
