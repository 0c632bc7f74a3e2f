import "server-only";
import { database } from "@/db/client";
import { team } from "@/db/schema/team";
import { diffOf } from "@/lib/audit/diff";
import { recordChange } from "@/lib/audit/store";
import type { Admin, Viewer } from "@/lib/kit/actor";
import type { DataPlane } from "@/lib/kit/data-plane";
import { type LoginDesign, loginDesignSchema } from "./schema";

/** How the pages look that people see. */
export async function getLoginDesign(_reader: Viewer | DataPlane): Promise<LoginDesign> {
  const db = await database();
  const [row] = await db.select({ design: team.loginDesign }).from(team);
  return loginDesignSchema.parse(row?.design ?? {});
}

/** Replaces the design; the pages of all instances follow within a second. */
export async function saveLoginDesign(admin: Admin, design: LoginDesign): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const [row] = await tx.select({ design: team.loginDesign }).from(team).for("update");
    // An image is too large for the log, and says nothing there.
    const changes = diffOf(loginDesignSchema.parse(row?.design ?? {}), design, ["logo"]);
    if (changes.length === 0) return;
    await tx.update(team).set({ loginDesign: design });
    await recordChange(tx, admin, {
      action: "custom_pages.design",
      target: { type: "login_design", id: null, name: "Login page" },
      changes,
    });
  });
}
