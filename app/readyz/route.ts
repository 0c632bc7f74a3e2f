import { connection } from "next/server";
import { machine } from "@/lib/http/app";

export async function GET(request: Request): Promise<Response> {
  await connection();
  return machine().fetch(request);
}
