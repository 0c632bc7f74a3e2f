import { redirect } from "next/navigation";

export default async function UserPage({ params }: { params: Promise<{ id: string }> }) {
  redirect(`/team/users/${encodeURIComponent((await params).id)}/identity`);
}
