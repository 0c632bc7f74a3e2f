import type { Config } from "@/lib/connectors/definition";
import type { Scim, StoredSecret } from "@/lib/login-methods/schema";
import type { LastTested } from "./schema";

/** What a form begins with in place of what is saved. */
export interface FormStart {
  /** The login method, or the id that a new one will get. */
  loginMethodId: string;
  kind: string;
  /** The draft that stands behind the blank secrets; null for the saved ones. */
  from: string | null;
  /** The secrets of that draft. */
  secrets: Record<string, StoredSecret>;
  values: { name: string; config: Config; scim: Scim };
  /** A change that was just made for the admin, such as a fix; the title says by what. */
  fix: { title: string; changes: FixedField[] } | null;
  /** A test of exactly these values that goes on in another tab. */
  runId: string | null;
  /** The last test of exactly these values. */
  tested: LastTested | null;
}

export interface FixedField {
  name: string;
  before: unknown;
  after: unknown;
}
