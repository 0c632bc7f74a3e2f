import { parsed } from "./check-answer";
import type { Send } from "./schema";
import { MADE_UP } from "./simulation";
import { valueAt } from "./value-at";

/** Longer than any run takes: what another run is at work with stays. */
const OLD_MS = 600_000;
const COLLECTIONS = [
  ["/Groups", "displayName"],
  ["/Users", "userName"],
] as const;

/** Deletes what runs left behind that were cut off, by a restart for one. Never throws. */
export async function sweep(send: Send, userAgent: string, now = new Date()): Promise<void> {
  const headers = { "user-agent": userAgent };
  const before = new Date(now.getTime() - OLD_MS).toISOString();
  for (const [collection, name] of COLLECTIONS) {
    const filter = `${name} sw "${MADE_UP[name]}" and meta.created lt "${before}"`;
    const path = `${collection}?attributes=id&filter=${encodeURIComponent(filter)}`;
    const found = await send({ method: "GET", path, headers, body: null }).catch(() => null);
    const resources = found && valueAt(parsed(found.text), "Resources");
    for (const resource of Array.isArray(resources) ? resources : []) {
      const to = `${collection}/${valueAt(resource, "id")}`;
      await send({ method: "DELETE", path: to, headers, body: null }).catch(() => null);
    }
  }
}
