import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import * as z from "zod";
import { LoginResult } from "@/components/access-log/login-result";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/admins/require-admin";
import { isAppError } from "@/lib/kit/errors";
import { getLogin } from "@/lib/logins/records/store";

interface Props {
  params: Promise<{ id: string }>;
}

const load = cache(async (id: string) => {
  const viewer = await requireViewer();
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return { viewer, login: await getLogin(viewer, id) };
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { login } = await load((await params).id);
  return { title: `Login ${login.ref} - Access` };
}

export default async function LoginPage({ params }: Props) {
  const { login } = await load((await params).id);
  return (
    <>
      <PageHeader
        title={`Login ${login.ref}`}
        description="One person's way to the provider and back, step by step. Codes, tokens and secrets are in none of it."
        breadcrumbs={[{ label: "Logs" }, { label: "Access", href: "/logs/access" }]}
        actions={<LinkButton href={`/logs/access?q=${login.ref}`}>In the log</LinkButton>}
      />
      <LoginResult login={login} />
    </>
  );
}
