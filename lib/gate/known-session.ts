import "server-only";
import { dataPlane } from "@/lib/http/data-plane";
import { env } from "@/lib/kit/env";
import { AppError } from "@/lib/kit/errors";
import type { FindSession } from "@/lib/sessions/bearer";
import type { Snapshot } from "./snapshot";
import { gate } from "./state";
import { readSession } from "./store";

/**
 * Sessions as the gate knows them: from memory, and for as long without the database as the gate lets
 * people through. AppError `unavailable` beyond that; the database's error for a session that is not in
 * memory.
 */
export const knownSession =
  (snapshot: Snapshot): FindSession =>
  async (id, forIts) => {
    const { sessions, freshFor } = gate();
    if (!freshFor(env().gateWithoutDatabaseMs)) {
      throw new AppError("unavailable", "What is known of sessions is too old.");
    }
    const inMemory = sessions.known(id);
    const session =
      inMemory === undefined
        ? await sessions.find(id, (wanted) => readSession(dataPlane, wanted))
        : inMemory;
    if (!session || sessions.isRevoked(session)) return null;
    const end = forIts === "session" ? session.expiresAt : session.tokensExpireAt;
    const isOpen = snapshot.loginMethods.get(session.loginMethodId)?.enabled ?? false;
    return isOpen && Date.now() < end ? session : null;
  };
