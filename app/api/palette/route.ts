import type { PaletteLibrary } from "@/components/shell/palette/library";
import { isAdmin } from "@/lib/admins/capability";
import { findViewer } from "@/lib/admins/require-admin";
import { allConnectors, findConnector } from "@/lib/connectors";
import { listLoginMethods } from "@/lib/login-methods/store";
import { installation } from "@/lib/team/store";

/** What the command palette can lead to: names and types only. */
export async function GET(): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  const viewer = await findViewer();
  if (!viewer) return Response.json({ message: "You are signed out." }, { status: 401, headers });
  const [methods, { callbackUrl }] = await Promise.all([listLoginMethods(viewer), installation()]);
  const library: PaletteLibrary = {
    loginMethods: methods.map(({ id, name, kind }) => {
      const connector = findConnector(kind);
      const type = connector?.label ?? `Not supported: ${kind}`;
      return { id, name, type, testable: connector !== null };
    }),
    connectors: isAdmin(viewer)
      ? allConnectors.map(({ kind, label, keywords }) => ({ kind, label, keywords }))
      : [],
    callbackUrl,
  };
  return Response.json(library, { headers });
}
