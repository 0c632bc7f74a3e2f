import { connection } from "next/server";
import { machine } from "@/lib/http/app";

/** What `server.ts` puts in front of Next, for `next dev`, which has no server of ours. */
export async function answerByMachine(request: Request): Promise<Response> {
  await connection();
  return machine().fetch(request);
}
