"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button, LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Tile } from "@/components/ui/tile";
import { bestOf, search } from "./card-search";
import type { CardGroup, ConnectorCard } from "./connector-cards";

const NEW = "/settings/authentication/login-methods/new";
/** The type that works with every provider which publishes a discovery document. */
const GENERIC = "oidc";

function Card({ card }: { card: ConnectorCard }) {
  const note = `about-${card.kind}`;
  return (
    <li className="relative flex gap-3.5 rounded-lg border border-line bg-surface p-4 shadow-raised hover:border-control">
      <Tile tile={card.tile} />
      <div className="min-w-0">
        <Link
          href={`${NEW}/${card.kind}`}
          aria-describedby={note}
          className="font-semibold no-underline after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:outline-offset-2"
        >
          {card.label}
        </Link>
        <div id={note} className="mt-0.5 space-y-1.5 text-muted">
          <p>{card.summary}</p>
          <p className="flex flex-wrap gap-1.5">
            <Badge tone="neutral">{card.protocol}</Badge>
            {card.scim && <Badge tone="neutral">SCIM</Badge>}
          </p>
        </div>
      </div>
    </li>
  );
}

function Group({ group }: { group: CardGroup }) {
  const heading = `group-${group.id}`;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className="mb-2.5 font-semibold text-base">
        {group.title}
      </h2>
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {group.cards.map((card) => (
          <Card key={card.kind} card={card} />
        ))}
      </ul>
    </section>
  );
}

interface ConnectorChooserProps {
  groups: readonly CardGroup[];
  /** What was searched for in the address, by a browser without JavaScript. */
  query: string;
}

/** Every type as a link. Without JavaScript the search is a form that asks the server. */
export function ConnectorChooser({ groups, query: asked }: ConnectorChooserProps) {
  const router = useRouter();
  const [query, setQuery] = useState(asked);
  const found = search(groups, query);
  const count = found.reduce((sum, { cards }) => sum + cards.length, 0);
  const best = query.trim() === "" ? undefined : bestOf(found, query);

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (best) router.push(`${NEW}/${best.kind}`);
  }

  return (
    <div className="space-y-6">
      <search>
        <form method="get" action={NEW} onSubmit={onSubmit} className="max-w-sm">
          <Field
            id="search"
            label="Search types"
            help={best ? `Enter opens ${best.label}.` : "Such as Azure AD, GitLab or Keycloak."}
          >
            {(aria) => (
              <Input
                {...aria}
                type="search"
                name="search"
                autoComplete="off"
                placeholder="Name of your provider"
                value={query}
                onChange={(event) => setQuery(event.target.value)}
              />
            )}
          </Field>
        </form>
      </search>
      <p role="status" className="sr-only">
        {query && `${count} ${count === 1 ? "type" : "types"} found`}
      </p>
      {found.map((group) => (
        <Group key={group.id} group={group} />
      ))}
      {count === 0 && (
        <EmptyState
          title="No type matches"
          actions={
            <>
              <LinkButton href={`${NEW}/${GENERIC}`} variant="primary">
                Use OpenID Connect
              </LinkButton>
              <Button onClick={() => setQuery("")}>Show all types</Button>
            </>
          }
        >
          Your provider speaks OpenID Connect? Use OpenID Connect: it works with every provider that
          has a discovery document.
        </EmptyState>
      )}
    </div>
  );
}
