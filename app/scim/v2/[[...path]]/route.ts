import { connection } from "next/server";
import { machine } from "@/lib/http/app";

async function handle(request: Request): Promise<Response> {
  await connection();
  return machine().fetch(request);
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
