import "server-only";
import { database } from "@/db/client";
import { team } from "@/db/schema/team";
import { diffOf } from "@/lib/audit/diff";
import { recordChange } from "@/lib/audit/store";
import { DEFAULT_ROTATION_DAYS } from "@/lib/keys/schema";
import type { Admin, Viewer } from "@/lib/kit/actor";
import type { GlobalSession } from "./schema";

const columns = {
  sessionDuration: team.sessionDuration,
  countryHeader: team.countryHeader,
  keyRotationDays: team.keyRotationDays,
};
const DEFAULTS: GlobalSession = {
  sessionDuration: "24h",
  countryHeader: null,
  keyRotationDays: DEFAULT_ROTATION_DAYS,
};

export async function globalSession(_viewer: Viewer): Promise<GlobalSession> {
  const db = await database();
  const [row] = await db.select(columns).from(team);
  return row ?? DEFAULTS;
}

async function change(
  admin: Admin,
  set: Partial<GlobalSession>,
  { action, name }: { action: string; name: string },
): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const [row] = await tx.select(columns).from(team).for("update");
    const facts = (values: Partial<GlobalSession>) => ({
      session_duration: values.sessionDuration,
      country_header: values.countryHeader,
      key_rotation_interval_days: values.keyRotationDays,
    });
    const changes = diffOf(facts(row ?? {}), facts({ ...row, ...set }));
    if (changes.length === 0) return;
    await tx.update(team).set(set);
    await recordChange(tx, admin, {
      action,
      target: { type: "global_session", id: null, name },
      changes,
    });
  });
}

/** How long people stay signed in on the team domain; counts for sessions that begin from now on. */
export const setSessionDuration = (admin: Admin, sessionDuration: string): Promise<void> =>
  change(admin, { sessionDuration }, { action: "team.session", name: "Global session" });

/** The header in which a trusted proxy names the client's country; null for none. */
export const setCountryHeader = (admin: Admin, countryHeader: string | null): Promise<void> =>
  change(admin, { countryHeader }, { action: "team.country_header", name: "Country header" });

/** Days after which the key of application tokens has a successor. */
export const setRotationDays = (admin: Admin, keyRotationDays: number): Promise<void> =>
  change(admin, { keyRotationDays }, { action: "team.key_rotation", name: "Key rotation" });
