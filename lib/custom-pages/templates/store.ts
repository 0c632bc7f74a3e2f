import "server-only";
import { asc, eq, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { applications } from "@/db/schema/applications";
import { pageTemplates } from "@/db/schema/page-templates";
import { diffOf } from "@/lib/audit/diff";
import { recordChange } from "@/lib/audit/store";
import type { Admin, Viewer } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import { MAX_TEMPLATES, type PageTemplate, type TemplateInput } from "../schema";

type Row = typeof pageTemplates.$inferSelect;
type Usage = { id: string; name: string; templates: (string | null)[] };

const gone = () =>
  new AppError("not_found", "That page template no longer exists.", {
    fix: "Go back to Page templates to see the ones that do.",
  });

/** Which applications use which templates. */
const usage = (tx: Queryable): Promise<Usage[]> =>
  tx
    .select({
      id: applications.id,
      name: applications.name,
      templates: sql<(string | null)[]>`array[
        ${applications.settings} ->> 'identity_denied_template',
        ${applications.settings} ->> 'forbidden_template'
      ]`,
    })
    .from(applications)
    .where(
      sql`coalesce(${applications.settings} ->> 'identity_denied_template', ${applications.settings} ->> 'forbidden_template') is not null`,
    )
    .orderBy(asc(applications.name));

const usersOf = (all: Usage[], template: string): PageTemplate["usedBy"] =>
  all.filter(({ templates }) => templates.includes(template)).map(({ id, name }) => ({ id, name }));

const toDto = (row: Row, all: Usage[]): PageTemplate => ({
  id: row.id,
  name: row.name,
  type: row.type,
  html: row.html,
  usedBy: usersOf(all, row.id),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export async function listTemplates(_viewer: Viewer): Promise<PageTemplate[]> {
  const db = await database();
  const [rows, all] = await Promise.all([
    db.select().from(pageTemplates).orderBy(sql`lower(${pageTemplates.name})`),
    usage(db),
  ]);
  return rows.map((row) => toDto(row, all));
}

/** AppError `not_found` when there is none. */
export async function getTemplate(_viewer: Viewer, id: string): Promise<PageTemplate> {
  const db = await database();
  const [row] = await db.select().from(pageTemplates).where(eq(pageTemplates.id, id));
  if (!row) throw gone();
  return toDto(row, await usage(db));
}

/** Neither the limit nor a name can then be passed by two saves at once. */
const oneAtATime = (tx: Queryable) =>
  tx.execute(sql`lock table ${pageTemplates} in share row exclusive mode`);

async function refuseTakenName(tx: Queryable, name: string, id: string | null): Promise<void> {
  const [other] = await tx
    .select({ id: pageTemplates.id })
    .from(pageTemplates)
    .where(sql`lower(${pageTemplates.name}) = lower(${name})`);
  if (!other || other.id === id) return;
  const message = `Another page template is called ${name}. Use a different name.`;
  throw new AppError("conflict", message, { fields: { name: [message] } });
}

const audited = ({ name, type, html }: TemplateInput) => ({ name, type, html });
const target = (id: string, name: string) => ({ type: "page_template", id, name });

/** Adds a template and answers its id. */
export async function addTemplate(admin: Admin, input: TemplateInput): Promise<string> {
  const db = await database();
  return db.transaction(async (tx) => {
    await oneAtATime(tx);
    if ((await tx.$count(pageTemplates)) >= MAX_TEMPLATES) {
      throw new AppError("conflict", `There are ${MAX_TEMPLATES} page templates already.`, {
        fix: "Delete one that is not used any more, then save again.",
      });
    }
    await refuseTakenName(tx, input.name, null);
    const [made] = await tx.insert(pageTemplates).values(input).returning({ id: pageTemplates.id });
    if (!made) throw new Error("a page template was not inserted");
    await recordChange(tx, admin, {
      action: "page_template.create",
      target: target(made.id, input.name),
      changes: diffOf(null, audited(input)),
    });
    return made.id;
  });
}

const inUse = (users: PageTemplate["usedBy"], what: string, fix: string): AppError =>
  new AppError("conflict", `${what} while ${users.map(({ name }) => name).join(", ")} uses it.`, {
    fix,
  });

async function locked(tx: Queryable, id: string): Promise<Row> {
  const [row] = await tx.select().from(pageTemplates).where(eq(pageTemplates.id, id)).for("update");
  if (!row) throw gone();
  return row;
}

/** Changes a template. Its type stays while an application uses it. */
export async function changeTemplate(
  admin: Admin,
  id: string,
  input: TemplateInput,
): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    await oneAtATime(tx);
    const row = await locked(tx, id);
    await refuseTakenName(tx, input.name, id);
    const changes = diffOf(audited(row), audited(input));
    if (changes.length === 0) return;
    const users = row.type === input.type ? [] : usersOf(await usage(tx), id);
    if (users.length > 0) {
      const fix = "Add another template of that type, or choose another one there first.";
      throw inUse(users, "The type cannot change", fix);
    }
    await tx
      .update(pageTemplates)
      .set({ ...input, updatedAt: sql`now()` })
      .where(eq(pageTemplates.id, id));
    await recordChange(tx, admin, {
      action: "page_template.change",
      target: target(id, input.name),
      changes,
    });
  });
}

/** Removes a template that no application uses; AppError `conflict` names those that do. */
export async function removeTemplate(admin: Admin, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const row = await locked(tx, id);
    const users = usersOf(await usage(tx), id);
    if (users.length > 0) {
      const fix = "Choose another block page in that application first.";
      throw inUse(users, `${row.name} cannot be deleted`, fix);
    }
    await tx.delete(pageTemplates).where(eq(pageTemplates.id, id));
    await recordChange(tx, admin, {
      action: "page_template.remove",
      target: target(id, row.name),
      changes: diffOf(audited(row), null),
    });
  });
}
