import "server-only";
import type { Config } from "@/lib/connectors/definition";
import type { StoredSecret } from "../schema";
import { openSecrets, type SealedSecrets } from "../sealed-secrets";

export interface DraftInput {
  /** Made by the form, so that one sent twice makes one draft. */
  id: string;
  /** The login method that is changed, or the id that a new one will get. */
  loginMethodId: string;
  kind: string;
  /** The saved version that the form began from; 0 for one never saved. */
  baseVersion: number;
  /** The draft that the form was opened from: its secrets stand behind blank fields. */
  from?: string | null;
  values: Record<string, unknown>;
}

/** A draft as the console reads it: no secret, only which ones it holds. */
export interface Draft {
  id: string;
  loginMethodId: string;
  kind: string;
  /** Empty when none was typed yet. */
  name: string;
  config: Config;
  scim: Config;
  baseVersion: number;
  secrets: Record<string, StoredSecret>;
}

interface Comparable {
  id: string;
  loginMethodId: string;
  baseVersion: number;
  name: string;
  config: Config;
  secrets: SealedSecrets;
  createdBy: string | null;
}

const text = ({ id, secrets, config, loginMethodId, baseVersion, name, createdBy }: Comparable) =>
  JSON.stringify([
    [loginMethodId, baseVersion, name, createdBy],
    Object.entries({ ...config, ...openSecrets(id, secrets) }).toSorted(([a], [b]) =>
      a < b ? -1 : 1,
    ),
  ]);

/** Whether a form that came twice under one id said the same both times. */
export const isSameDraft = (a: Comparable, b: Comparable): boolean => text(a) === text(b);
