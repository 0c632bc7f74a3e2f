const DATE_TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/i;

/**
 * Milliseconds of a date and time as xsd:dateTime writes it (RFC 7643 §2.3.5); without an offset it
 * is UTC. Finer than milliseconds is cut off: no client has been shown it. Null for other text.
 */
export function instantOf(text: string): number | null {
  if (!DATE_TIME.test(text)) return null;
  const hasOffset = /(Z|[+-]\d\d:\d\d)$/i.test(text) || !/T/i.test(text);
  const at = Date.parse((hasOffset ? text : `${text}Z`).toUpperCase());
  return Number.isNaN(at) ? null : at;
}
