import { processState } from "@/lib/kit/process-state";
import { type Buckets, type Rate, take } from "../secrets/token-bucket";

/** Old bodies are forgotten once an hour only: until then one secret must not fill the disk. */
const LONG_BODIES: Rate = { burst: 20_000, perSecond: 20_000 / 3_600 };

/** Whether the log keeps one more long body of a login method; counts it when it does. */
export const mayKeepLong = (loginMethodId: string): boolean => {
  const buckets = processState("scim-long-bodies", () => new Map() as Buckets);
  return take(buckets, loginMethodId, Date.now(), LONG_BODIES) === 0;
};
