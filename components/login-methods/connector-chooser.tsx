"use client";
import Link from "next/link";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Tile } from "@/components/ui/tile";
import { allConnectors } from "@/lib/connectors";
import type { Connector } from "@/lib/connectors/definition";

const GROUPS = [
  { group: "recommended", title: "Recommended for your setup" },
  { group: "more", title: "More" },
] as const;

const matches = (connector: Connector, query: string): boolean =>
  [connector.label, connector.summary, ...connector.keywords]
    .join(" ")
    .toLowerCase()
    .includes(query.trim().toLowerCase());

function Card({ connector }: { connector: Connector }) {
  const note = `about-${connector.kind}`;
  return (
    <li className="relative flex gap-3.5 rounded-lg border border-line bg-surface p-4 shadow-raised hover:border-control">
      <Tile tile={connector.tile} />
      <div className="min-w-0">
        <Link
          href={`/settings/authentication/login-methods/new/${connector.kind}`}
          aria-describedby={note}
          className="font-semibold no-underline after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:outline-offset-2"
        >
          {connector.label}
        </Link>
        <div id={note} className="mt-0.5 space-y-1.5 text-muted">
          <p>{connector.summary}</p>
          <p>
            <Badge tone="neutral">OIDC</Badge>
          </p>
        </div>
      </div>
    </li>
  );
}

/** Every type that the registry knows, as links. */
export function ConnectorChooser() {
  const [query, setQuery] = useState("");
  const found = allConnectors.filter((connector) => matches(connector, query));
  return (
    <div className="space-y-6">
      <div className="max-w-sm">
        <Field id="search" label="Search types">
          {(aria) => (
            <Input
              {...aria}
              type="search"
              placeholder="Name of your provider"
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
          )}
        </Field>
      </div>
      <p role="status" className="sr-only">
        {query && `${found.length} of ${allConnectors.length} types`}
      </p>
      {GROUPS.map(({ group, title }) => {
        const members = found.filter((connector) => connector.group === group);
        return (
          members.length > 0 && (
            <section key={group} aria-labelledby={`group-${group}`}>
              <h2 id={`group-${group}`} className="mb-2.5 font-semibold text-base">
                {title}
              </h2>
              <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
                {members.map((connector) => (
                  <Card key={connector.kind} connector={connector} />
                ))}
              </ul>
            </section>
          )
        );
      })}
      {found.length === 0 && (
        <EmptyState
          title="No type matches"
          actions={<Button onClick={() => setQuery("")}>Show all types</Button>}
        >
          OpenID Connect works with every provider that has a discovery document.
        </EmptyState>
      )}
    </div>
  );
}
