import { randomBytes } from "node:crypto";
import fs from "node:fs";
import * as z from "zod";
import { writeOnce } from "@/lib/kit/write-once";
import { readIfThere } from "./cluster";
import { trouble } from "./trouble";

const passwords = z.object({ admin: z.string().min(1), app: z.string().min(1) });
export type Passwords = z.infer<typeof passwords>;

const fresh = (): string => randomBytes(24).toString("base64url");

/** The passwords of the server's two roles, made at the first start. */
export function readPasswords(file: string): Passwords {
  if (!fs.existsSync(file)) writeOnce(file, JSON.stringify({ admin: fresh(), app: fresh() }));
  try {
    return passwords.parse(JSON.parse(readIfThere(file)));
  } catch (cause) {
    throw trouble(
      `${file} does not hold the passwords of the embedded database.`,
      "Restore it from the backup that the database is from.",
      cause,
    );
  }
}
