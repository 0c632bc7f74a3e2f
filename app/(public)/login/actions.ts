"use server";
import { redirect } from "next/navigation";
import type { SignInState } from "@/components/admins/sign-in-form";
import { safeCallbackPath } from "@/lib/admins/callback-path";
import { signInWithPassword } from "@/lib/admins/credentials/store";
import { publicAction } from "@/lib/admins/request-origin";
import { signInSchema } from "@/lib/admins/schema";
import { issueSession } from "@/lib/admins/session";

const check = publicAction(signInSchema, async ({ email, password }, from) =>
  issueSession(await signInWithPassword(email, password, from)),
);

const text = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
};

export async function signIn(_before: SignInState, form: FormData): Promise<SignInState> {
  const email = text(form, "email").slice(0, 254);
  const result = await check({ email: text(form, "email"), password: text(form, "password") });
  if (!result.ok) return { email, failure: result };
  redirect(safeCallbackPath(form.get("callbackUrl")));
}
