/** Who is at the other end, as far as the network tells. */
export interface Visitor {
  /** In its one spelling; null when nobody says. */
  ip: string | null;
  /** ISO 3166-1 alpha-2, from a trusted proxy. */
  country: string | null;
  userAgent: string | null;
}
