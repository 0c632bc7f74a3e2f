/** Which private hosts and networks Gatehouse may call. */
export interface OutboundPolicy {
  /** CIDR blocks, addresses, host names, or host:port. */
  allow: readonly string[];
}
