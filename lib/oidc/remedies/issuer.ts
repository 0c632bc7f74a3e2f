import { type Maker, remedy, said } from "./evidence";

/**
 * The issuer of a token whose signature the configured keys confirmed: `iss_mismatch` is found after
 * that. Not where the callback named the configured issuer: then token and answer contradict each
 * other, which is what a mix-up looks like (RFC 9207).
 */
export const issuerOfToken: Maker = (evidence) => {
  const issuer = said(evidence, "Issuer in the token");
  const named = said(evidence, "Issuer in the answer");
  if (!issuer || !/^https?:\/\/[^\s{}#@]+$/.test(issuer) || !URL.canParse(issuer)) return [];
  if (named !== null && named !== issuer) return [];
  return [remedy(`Use ${issuer} as Issuer`, { issuer })];
};
