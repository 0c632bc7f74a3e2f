import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { ResourceType } from "../../schema";
import { type Leaf, NO } from "../compare/store";
import type { Step } from "../place";
import { attributesOf, type Stored, stored } from "../tables/store";

/** Where a filter stands: at a resource, or at a value inside of it. */
export type Here = { readonly kind: "resource"; readonly type: ResourceType } | Stored;

/** Aliases of one statement, each used once: inner ones would hide outer ones of the same name. */
export interface Aliases {
  next(): SQL;
}

export function aliases(): Aliases {
  let count = 0;
  return { next: () => sql.raw(`v${++count}`) };
}

/** Values of a list, of a single value as a list of it; none where there is null or nothing. */
export const listOf = (json: SQL): SQL => sql`(case coalesce(jsonb_typeof(${json}), 'null')
  when 'array' then ${json} when 'null' then '[]' else jsonb_build_array(${json}) end)`;

export const partOf = (json: SQL, name: string): SQL => sql`(${json} -> ${name}::text)`;

function intoJson(json: SQL, step: Step, names: Aliases, done: (here: Here) => SQL): SQL {
  if (step.reach === "one") return done({ kind: "json", sql: partOf(json, step.name) });
  const each = names.next();
  const inner = done({ kind: "json", sql: sql`${each}.value` });
  if (step.reach === "many") {
    return sql`exists (select 1 from jsonb_array_elements(${listOf(partOf(json, step.name))})
      as ${each}(value) where ${inner})`;
  }
  const part = names.next();
  const parts = sql`(case when jsonb_typeof(${json}) = 'object' then ${json} else '{}' end)`;
  return sql`exists (select 1 from jsonb_each(${parts}) as ${part}(name, value),
    jsonb_array_elements(${listOf(sql`${part}.value`)}) as ${each}(value)
    where lower(${part}.name) = ${step.name.toLowerCase()}::text and ${inner})`;
}

function into(here: Here, step: Step, names: Aliases, done: (here: Here) => SQL): SQL {
  switch (here.kind) {
    case "resource": {
      const place = Object.hasOwn(stored[here.type], step.name) && stored[here.type][step.name];
      if (!place) return intoJson(attributesOf[here.type], step, names, done);
      // Of `schemas` the list is one, its values are many.
      return place.kind === "json" ? each(place.sql, names, done) : done(place);
    }
    case "row":
    case "rows": {
      const part = here.parts[step.name];
      return part ? done(part) : NO;
    }
    case "json":
      return intoJson(here.sql, step, names, done);
    default:
      return NO;
  }
}

function each(json: SQL, names: Aliases, done: (here: Here) => SQL): SQL {
  const value = names.next();
  return sql`exists (select 1 from jsonb_array_elements(${json}) as ${value}(value)
    where ${done({ kind: "json", sql: sql`${value}.value` })})`;
}

/** Whether `done` is so of a value that the steps lead to. True or false, and never null, as `done` is. */
export function walk(
  here: Here,
  steps: readonly Step[],
  names: Aliases,
  done: (here: Here) => SQL,
): SQL {
  const [step, ...rest] = steps;
  if (!step) return done(here);
  return into(here, step, names, (inner) => {
    const condition = walk(inner, rest, names, done);
    return inner.kind === "rows" ? sql`exists (${inner.from} and ${condition})` : condition;
  });
}

/** `done` at leaves: a row of a table is no value. */
export const atLeaf =
  (done: (leaf: Leaf) => SQL, otherwise: SQL) =>
  (here: Here): SQL =>
    here.kind === "resource" || here.kind === "row" || here.kind === "rows"
      ? otherwise
      : done(here);
