import "server-only";
import { randomUUID } from "node:crypto";
import type * as z from "zod";
import { isAppError } from "./errors";
import { log } from "./log";
import type { Failure, Result } from "./result";

/**
 * All issues of a zod error by dotted path, as react-hook-form names its fields; a pathless issue
 * belongs to the form and is kept under `root.server`.
 */
export function issuesByPath(error: z.ZodError): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const { path, message } of error.issues) {
    const name = path.join(".") || "root.server";
    fields[name] = [...(fields[name] ?? []), message];
  }
  return fields;
}

/** A thrown value as a Failure. Bugs are logged under a reference; their text never leaves the server. */
export function toFailure(error: unknown): Failure {
  if (isAppError(error)) {
    const { code, message, fix, fields } = error;
    return { ok: false, code, message, ...(fix && { fix }), ...(fields && { fields }) };
  }
  const ref = randomUUID().slice(0, 8);
  log.error({ ref, err: error }, "a server action failed");
  return {
    ok: false,
    code: "internal",
    message: "Gatehouse could not finish this. Nothing was saved.",
    fix: `Try again. If it happens again, look for ${ref} in the server log.`,
    ref,
  };
}

/** Next signals redirects and 404s by throwing; those pass through. */
const isNextControl = (error: unknown): boolean =>
  error instanceof Error && "digest" in error && String(error.digest).startsWith("NEXT_");

/**
 * Builds a server action: authenticate, parse, run, answer a Result with every field issue.
 * `authenticate` makes the capability that `run` needs; its AppError becomes the Result.
 */
export function actionFor<A>(authenticate: () => Promise<A>) {
  return <S extends z.ZodType, T>(
    schema: S,
    run: (input: z.output<S>, actor: A) => Promise<T>,
  ): ((raw: z.input<S>) => Promise<Result<T>>) =>
    async (raw) => {
      try {
        const actor = await authenticate();
        const input = schema.safeParse(raw);
        if (!input.success) {
          return {
            ok: false,
            code: "invalid_input",
            message: "There is a problem with what was entered.",
            fields: issuesByPath(input.error),
          };
        }
        return { ok: true, data: await run(input.data, actor) };
      } catch (error) {
        if (isNextControl(error)) throw error;
        return toFailure(error);
      }
    };
}
