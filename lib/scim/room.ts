import { processState } from "@/lib/kit/process-state";
import type { ResourceType } from "./schema";
import { ScimError } from "./scim-error";

/** Of one login method: far above any directory, and below what fills a disk. */
const MOST: Readonly<Record<ResourceType, number>> = { User: 1_000_000, Group: 100_000 };

/**
 * Refuses one more User or Group where a login method has very many. They are counted again only when
 * half of the room that was found may be taken: by this process, while another takes the other half.
 * @throws ScimError 403
 */
export async function assertRoom(
  type: ResourceType,
  loginMethodId: string,
  count: () => Promise<number>,
): Promise<void> {
  const rooms = processState("scim-room", () => new Map<string, number>());
  const key = `${type} ${loginMethodId}`;
  const known = rooms.get(key) ?? 0;
  if (known > 0) {
    rooms.set(key, known - 1);
    return;
  }
  const room = MOST[type] - (await count());
  if (room <= 0) {
    const most = MOST[type].toLocaleString("en");
    throw new ScimError(
      403,
      `This login method has ${most} ${type}s, and Gatehouse takes no more. Delete some, or push fewer.`,
    );
  }
  rooms.set(key, Math.floor(room / 2));
}
