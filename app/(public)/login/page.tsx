import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/admins/sign-in-form";
import { Banner } from "@/components/ui/banner";
import { Card } from "@/components/ui/card";
import { safeCallbackPath } from "@/lib/admins/callback-path";
import { findViewer } from "@/lib/admins/require-admin";
import { installation } from "@/lib/team/store";
import { signIn } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

type Search = Promise<Record<string, string | string[] | undefined>>;

/** Another address than the console's own: the session cookie would not come back from there. */
async function strangeHost(consoleUrl: string): Promise<string | null> {
  const request = await headers();
  const host = request.get("x-forwarded-host") ?? request.get("host");
  return host && host !== new URL(consoleUrl).host ? host : null;
}

export default async function LoginPage({ searchParams }: { searchParams: Search }) {
  const callbackUrl = safeCallbackPath((await searchParams).callbackUrl);
  if (await findViewer()) redirect(callbackUrl);
  const { setupDone, teamName, consoleUrl } = await installation();
  if (!setupDone) redirect("/setup");
  const strange = await strangeHost(consoleUrl);
  return (
    <div className="mx-auto max-w-md space-y-4">
      <h1 className="font-semibold text-2xl leading-8 tracking-tight">Sign in to {teamName}</h1>
      {strange && (
        <Banner tone="warning" title={`The console's address is ${consoleUrl}, not ${strange}.`}>
          Signing in may not work here. <a href={`${consoleUrl}/login`}>Sign in at {consoleUrl}</a>
        </Banner>
      )}
      <Card>
        <SignInForm action={signIn} callbackUrl={callbackUrl} email="" />
      </Card>
      <p className="text-muted">
        This is the sign-in for admins. It always works, even when every login method fails.
      </p>
    </div>
  );
}
