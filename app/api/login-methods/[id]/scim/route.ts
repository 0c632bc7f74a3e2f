import * as z from "zod";
import { findViewer } from "@/lib/admins/require-admin";
import { scimHealthOf } from "@/lib/scim/health/store";

const headers = { "cache-control": "no-store" };
const refuse = (status: number, message: string): Response =>
  Response.json({ message }, { status, headers });

/** How the provider of a login method does, for a page that follows it. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const viewer = await findViewer();
  if (!viewer) return refuse(401, "You are signed out.");
  const id = z.uuid().safeParse((await params).id);
  if (!id.success) return refuse(404, "There is no such login method.");
  return Response.json(await scimHealthOf(viewer, id.data), { headers });
}
