import type { DiagnosisCode } from "./catalogue";
import type { Fact, Remedy } from "./schema";

/** Something about the claims that a diagnosis is made of. */
export interface Finding {
  code: DiagnosisCode;
  facts: Fact[];
  remedies?: Remedy[];
}
