import type { Metadata } from "next";
import { connection } from "next/server";
import { AcceptInvitation } from "@/components/admins/accept-invitation";
import { installation } from "@/lib/team/store";
import { acceptInvitation, readInvitation } from "./actions";

export const metadata: Metadata = { title: "Invitation" };

/** The path names the invitation; its secret is in the fragment and is sent by the form alone. */
export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  await connection();
  const { token } = await params;
  const { teamName } = await installation();
  return (
    <AcceptInvitation
      id={token}
      teamName={teamName ?? "Gatehouse"}
      read={readInvitation}
      accept={acceptInvitation}
    />
  );
}
