import { redirect } from "next/navigation";

interface Props {
  params: Promise<{ id: string }>;
}

export default async function ApplicationPage({ params }: Props) {
  redirect(`/access/applications/${encodeURIComponent((await params).id)}/overview`);
}
