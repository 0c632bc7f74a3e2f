import { connection } from "next/server";
import { gateDoor } from "@/lib/gate/door";
import { answerForwardAuth } from "@/lib/gate/front-ends/handle";

/**
 * The gate under `next dev`, where everybody who asks is this machine. In production `server.ts`
 * answers before Next, and without it nobody could tell who asks. What Next takes for its own business, an
 * Upgrade or Envoy's question about a path such as `//` or `/%zz`, it answers itself, and never with a 2xx.
 */
async function handle(request: Request): Promise<Response> {
  await connection();
  if (process.env.NODE_ENV !== "development") return new Response(null, { status: 404 });
  return answerForwardAuth(request, "127.0.0.1", gateDoor());
}

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
