import "server-only";
import { and, eq, ilike, or, type SQL, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { containing } from "@/db/like";
import { applications } from "@/db/schema/applications";
import type { Viewer } from "@/lib/kit/actor";
import type { ApplicationQuery } from "../query";
import { policiesOf, toDto } from "../rows/store";
import type { Application } from "../schema";

export interface ApplicationPage {
  applications: Application[];
  /** `after` of the next page, or null on the last one. */
  next: string | null;
}

const lowerName = sql`lower(${applications.name})`;

function conditionsOf({ q, tag, state, after }: ApplicationQuery): SQL | undefined {
  const text = containing(q);
  return and(
    q
      ? or(
          ilike(applications.name, text),
          sql`array_to_string(${applications.destinations}, ' ') ilike ${text}`,
        )
      : undefined,
    tag ? sql`${applications.settings} @> ${JSON.stringify({ tags: [tag] })}::jsonb` : undefined,
    state ? eq(applications.enabled, state === "enabled") : undefined,
    // Names are unique whatever their case, so one is cursor enough.
    after ? sql`${lowerName} > lower(${after})` : undefined,
  );
}

/** Applications in the order of their names, `size` a page. */
export async function searchApplications(
  _viewer: Viewer,
  query: ApplicationQuery,
  size = 100,
): Promise<ApplicationPage> {
  const db = await database();
  const rows = await db
    .select()
    .from(applications)
    .where(conditionsOf(query))
    .orderBy(lowerName)
    .limit(size + 1);
  const page = rows.slice(0, size);
  const all = await policiesOf(
    db,
    page.map(({ id }) => id),
  );
  return {
    applications: page.map((row) => toDto(row, all)),
    next: rows.length > size ? (page.at(-1)?.name ?? null) : null,
  };
}

/** Every tag that some application bears, once, in alphabetical order. */
export async function listTags(_viewer: Viewer): Promise<string[]> {
  const db = await database();
  const { rows } = await db.execute<{ tag: string }>(sql`
    select distinct jsonb_array_elements_text(${applications.settings} -> 'tags') as tag
    from ${applications}
    where jsonb_typeof(${applications.settings} -> 'tags') = 'array'
    order by tag`);
  return rows.map(({ tag }) => tag);
}
