/** Ends the session. Its code is loaded when it is needed: it is only ever needed once. */
export async function signOut(): Promise<void> {
  const client = await import("next-auth/react");
  await client.signOut({ callbackUrl: "/login" });
}
