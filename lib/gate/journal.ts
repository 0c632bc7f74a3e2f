import "server-only";
import { LRUCache } from "lru-cache";
import type { Like } from "@/lib/access-log/coalesce";
import type { NewAccessEntry } from "@/lib/access-log/schema";
import { noteAccess } from "@/lib/access-log/store";
import { throttleAddress } from "@/lib/admins/client-address";
import { dataPlane } from "@/lib/http/data-plane";
import { log } from "@/lib/kit/log";
import { explain } from "@/lib/policies/explain";
import { noteServiceTokenUse } from "@/lib/service-tokens/store";
import type { Noted } from "./decide";

const MOST_TOKENS = 2_000;
/** How exact "Last used" of a service token is. */
const USED_MS = 300_000;

function entryOf(noted: Noted, event: NewAccessEntry["event"], ref: string): NewAccessEntry {
  const { question, snapshot, application, holder, reason, context } = noted;
  const person = holder?.person?.session.person ?? null;
  const token = holder?.program?.token ?? holder?.credentials?.refused?.named ?? null;
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
function likeOf(event: NewAccessEntry["event"], noted: Noted): Like {
  const { question, application, holder, reason } = noted;
  const named = holder?.credentials?.refused?.named?.id;
  const proven = holder?.person?.session.userId ?? holder?.program?.token.id;
  const pool = event === "service_auth" ? "allowed" : proven ? "known" : "strangers";
  if (!application) return { key: `${event} ${reason}`, pool };
  const from = throttleAddress(question.ip);
  return { key: `${event} ${application.id} ${proven} ${named} ${reason} ${from}`, pool };
}

/** Writes what the gate decides into the Access log, at a rate that nobody who asks can choose. */
export interface Journal {
  /** Answers the reference of the entry, which is the same for like refusals of a minute. */
  refused(noted: Noted): string;
  used(noted: Noted): void;
}

export function newJournal(): Journal {
  const used = new LRUCache<string, true>({ max: MOST_TOKENS, ttl: USED_MS });

  const write = (event: NewAccessEntry["event"], noted: Noted): string =>
    noteAccess(dataPlane, likeOf(event, noted), (ref) => entryOf(noted, event, ref));

  return {
    // The proxy asks again for the page: that question is the one to be counted.
    refused: (noted) => (noted.question.rehearsal ? "" : write("denied", noted)),
    used(noted) {
      write("service_auth", noted);
      const { holder, question } = noted;
      if (!holder?.program) return;
      const { token, secretVersion } = holder.program;
      // The same secret is another thing to know after a rotation.
      const key = `${token.id} ${secretVersion} ${token.secretVersion}`;
      if (used.has(key)) return;
      used.set(key, true);
      noteServiceTokenUse(dataPlane, token.id, { ip: question.ip, secretVersion }).catch(
        (err: unknown) => log.warn({ err }, "the use of a service token was not noted"),
      );
    },
  };
}
