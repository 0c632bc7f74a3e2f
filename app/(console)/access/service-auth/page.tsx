import type { Metadata } from "next";
import { CreateToken } from "@/components/service-tokens/create-token";
import { TokenTable } from "@/components/service-tokens/token-table";
import { stateOf } from "@/components/service-tokens/words";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { listServiceTokens } from "@/lib/service-tokens/store";
import { crumbs, SERVICE_AUTH } from "../crumbs";
import { create, extend, remove, rotate, setEnabled } from "./actions";

export const metadata: Metadata = { title: "Service Auth - Access" };

interface Props {
  searchParams: Promise<{ create?: string }>;
}

export default async function ServiceAuthPage({ searchParams }: Props) {
  const viewer = await requireViewer();
  const begin = (await searchParams).create !== undefined;
  const tokens = await listServiceTokens(viewer);
  const now = Date.now();
  const items = tokens.map((token) => ({ ...token, state: stateOf(token, now) }));
  const actions = { create, rotate, extend, setEnabled, remove };
  const add = isAdmin(viewer) && <CreateToken create={create} begin={begin} />;
  return (
    <>
      <PageHeader
        title="Service Auth"
        breadcrumbs={crumbs(SERVICE_AUTH)}
        description="Credentials of programs. A policy of the action Service Auth decides what they open."
        // Always here: the secret that it shows must outlive the refresh of the list.
        actions={add}
      />
      {items.length > 0 ? (
        <TokenTable tokens={items} actions={isAdmin(viewer) ? actions : null} />
      ) : (
        <EmptyState title="No service tokens yet">
          A program cannot sign in. Give it a client ID and a secret, which it sends as headers.
        </EmptyState>
      )}
    </>
  );
}
