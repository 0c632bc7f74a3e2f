import { callbackRows } from "./callback";
import { clientKeyRows } from "./client-keys";
import { configurationRows } from "./configuration";
import { exchangeRows } from "./exchange";
import { groupsApiRows } from "./groups-api";
import { idTokenRows } from "./id-token";
import { identityRows } from "./identity";
import { keyRows } from "./keys";
import { networkRows } from "./network";
import { personRows } from "./person";
import { requestRows } from "./requests";
import type { Row } from "./row";
import { tenantRows } from "./tenant";

/** Every way a round trip can go wrong (reference: protocols §2, ux §2.9). */
export const catalogue = {
  ...configurationRows,
  ...networkRows,
  ...keyRows,
  ...callbackRows,
  ...exchangeRows,
  ...requestRows,
  ...clientKeyRows,
  ...idTokenRows,
  ...groupsApiRows,
  ...identityRows,
  ...tenantRows,
  ...personRows,
};
export type DiagnosisCode = keyof typeof catalogue;

/** The row of a code, or null for one that the catalogue does not have. */
export const rowOf = (code: string): Row | null =>
  Object.hasOwn(catalogue, code) ? catalogue[code as DiagnosisCode] : null;

/** Whether a finding is worth telling without being a warning. */
export const isNote = (code: string): boolean => rowOf(code)?.note === true;
