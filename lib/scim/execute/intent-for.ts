import { intentOf } from "../intent";
import { recogniseClient } from "../quirks/recognise";
import type { MemberStep, ScimGroup, ScimUser } from "../schema";
import type { Call } from "./request";
import { writtenOfGroup, writtenOfUser } from "./written-part";

type Change =
  | { type: "User"; before: ScimUser | null; after: ScimUser | null }
  | { type: "Group"; before: ScimGroup | null; after: ScimGroup | null; steps: MemberStep[] };

type Method = Parameters<typeof intentOf>[0]["method"];

/** The provider that seems to ask, for the log and its words. */
export const senderOf = ({ client, request }: Pick<Call, "client" | "request">) =>
  recogniseClient({
    userAgent: client.userAgent,
    query: request.query.toString(),
    body: request.body,
  });

/** Who did what, in words; the login method's own name where the client is not recognised. */
export function intentFor(call: Call, change: Change): string {
  const common = {
    client: senderOf(call) ?? { name: call.client.loginMethodName },
    // Only these change anything.
    method: call.request.method as Method,
  };
  return change.type === "User"
    ? intentOf({
        ...common,
        type: "User",
        before: change.before && writtenOfUser(change.before),
        after: change.after && writtenOfUser(change.after),
      })
    : intentOf({
        ...common,
        type: "Group",
        before: change.before && writtenOfGroup(change.before),
        after: change.after && writtenOfGroup(change.after),
        steps: change.steps,
      });
}
