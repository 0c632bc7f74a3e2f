import "server-only";
import { LRUCache } from "lru-cache";
import type { NewAccessEntry } from "@/lib/access-log/schema";
import { recordAccess } from "@/lib/access-log/store";
import { dataPlane } from "@/lib/http/data-plane";
import { speakableReference } from "@/lib/http/request-id";
import { log } from "@/lib/kit/log";
import { explain } from "@/lib/policies/explain";
import { noteServiceTokenUse } from "@/lib/service-tokens/store";
import type { Noted } from "./decide";

/** As long as the Access log keeps like refusals as one (lib/access-log/coalesce.ts). */
const WINDOW_MS = 60_000;
const MOST_KEYS = 2_000;
/** How exact "Last used" of a service token is. */
const USED_MS = 300_000;

function entryOf(noted: Noted, event: NewAccessEntry["event"], ref: string): NewAccessEntry {
  const { question, snapshot, application, holder, reason, context } = noted;
  const person = holder?.person?.session.person ?? null;
  const token = holder?.serviceToken ?? null;
  return {
    event,
    allowed: event === "service_auth",
    reason,
    ref,
    application: application && { id: application.id, name: application.name },
    host: question.host,
    user: person && { id: holder?.person?.session.userId ?? null, email: person.email },
    loginMethod: person?.loginMethod ?? null,
    serviceToken: token && { id: token.id, name: token.name },
    ip: question.ip,
    country: question.country,
    userAgent: question.header("user-agent") ?? null,
    explanation:
      context && application ? explain(application.policies, context, snapshot.names) : null,
    identity: person,
    loginId: null,
  };
}

/** Like entries: of strangers at addresses without an application there is one a minute. */
const keyOf = (event: string, { question, application, holder, reason }: Noted): string =>
  application
    ? [
        event,
        application.id,
        holder?.person?.session.userId ?? holder?.serviceToken?.id ?? "",
        reason,
        question.ip,
      ].join(" ")
    : `${event} ${reason}`;

/** Writes what the gate decides into the Access log, at a rate that nobody who asks can choose. */
export interface Journal {
  /** Answers the reference of the entry, which is the same for like refusals of a minute. */
  refused(noted: Noted): string;
  used(noted: Noted): void;
}

export function newJournal(): Journal {
  const used = new LRUCache<string, true>({ max: MOST_KEYS, ttl: USED_MS });
  const references = new LRUCache<string, string>({ max: MOST_KEYS, ttl: WINDOW_MS });

  function write(event: NewAccessEntry["event"], noted: Noted): string {
    const key = keyOf(event, noted);
    const known = references.get(key);
    const reference = known ?? speakableReference();
    // The proxy asks again for the page: that question is the one to be counted.
    if (noted.question.rehearsal) return reference;
    if (known === undefined) references.set(key, reference);
    void recordAccess(dataPlane, entryOf(noted, event, reference), key);
    return reference;
  }

  return {
    refused: (noted) => write("denied", noted),
    used(noted) {
      write("service_auth", noted);
      const { holder, question } = noted;
      const id = holder?.serviceToken?.id;
      if (!id || used.has(id) || question.rehearsal) return;
      used.set(id, true);
      noteServiceTokenUse(dataPlane, id, question.ip).catch((err: unknown) =>
        log.warn({ err }, "the use of a service token was not noted"),
      );
    },
  };
}
