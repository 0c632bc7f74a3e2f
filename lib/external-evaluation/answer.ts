/** What can be wrong with the Evaluate URL or the Keys URL. */
const FAULTS = [
  "blocked",
  "timeout",
  "tls",
  "unreachable",
  "status",
  "too_large",
  "unreadable",
] as const;
export type EndpointFault = (typeof FAULTS)[number];

/** What can be wrong with an answer that came. */
const FLAWS = ["signature", "expired", "nonce", "claims", "unsigned_question"] as const;

export type EvaluationFailure = `${"evaluate" | "keys"}_${EndpointFault}` | (typeof FLAWS)[number];

/** `true` and `false` are what the evaluator said; all else counts as no, and says why. */
export type EvaluationAnswer = boolean | EvaluationFailure;

const ENDPOINT: Record<EndpointFault, string> = {
  blocked:
    "is at an address that Gatehouse may not call, or would be called without TLS. An owner can allow it under Settings > System",
  timeout: "did not answer within 5 seconds",
  tls: "has no TLS certificate that Gatehouse trusts",
  unreachable: "could not be reached",
  status: "answered with an HTTP status other than 200",
  too_large: "answered with more than Gatehouse reads",
  unreadable: "answered with something that Gatehouse cannot read",
};

const FLAW: Record<(typeof FLAWS)[number], string> = {
  signature: "the answer is not signed (RSA) by a key of the Keys URL",
  expired: "the answer has expired, or does not say when it does",
  nonce: "the answer does not repeat the nonce of the question",
  claims: "the answer does not say success as true or false",
  unsigned_question: "Gatehouse could not sign its question",
};

/** What came of asking an evaluator, as a sentence. */
export function answerWords(answer: EvaluationAnswer): string {
  if (answer === true) return "The evaluation said yes.";
  if (answer === false) return "The evaluation said no.";
  const [, part, fault] = /^(evaluate|keys)_(.+)$/.exec(answer) ?? [];
  const why =
    part && fault
      ? `the ${part === "keys" ? "Keys" : "Evaluate"} URL ${ENDPOINT[fault as EndpointFault]}`
      : FLAW[answer as (typeof FLAWS)[number]];
  return `The evaluation failed, which counts as no: ${why}.`;
}
