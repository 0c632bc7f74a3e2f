import { findViewer } from "@/lib/admins/require-admin";
import { findConnector } from "@/lib/connectors";
import { isAppError } from "@/lib/kit/errors";
import { exportMethod } from "@/lib/login-methods/export";
import { getLoginMethod } from "@/lib/login-methods/store";

const headers = { "cache-control": "no-store" };
const refuse = (status: number, message: string): Response =>
  Response.json({ message }, { status, headers });

/** A login method as text to take elsewhere, without its secrets. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const viewer = await findViewer();
  if (!viewer) return refuse(401, "You are signed out.");
  try {
    const method = await getLoginMethod(viewer, (await params).id);
    const connector = findConnector(method.kind);
    if (!connector) return refuse(404, "This version of Gatehouse does not know its type.");
    return Response.json(exportMethod(method, connector), { headers });
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return refuse(404, error.message);
    throw error;
  }
}
