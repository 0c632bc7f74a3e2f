/** Largest body of a request, in bytes: a Group of 100,000 members, or a full Bulk request. */
export const MAX_SCIM_BYTES = 16 * 1_048_576;

/** Operations of one Bulk request. */
export const MAX_OPERATIONS = 1000;
