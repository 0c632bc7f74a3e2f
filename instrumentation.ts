/**
 * Next calls this once per server. Under `server.ts` there is nothing left to do; under `next dev`
 * the database opens here, and the set-up link is shown.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_PHASE === "phase-production-build") return;
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { openForNext } = await import("@/lib/http/next-start");
    await openForNext();
  }
}
