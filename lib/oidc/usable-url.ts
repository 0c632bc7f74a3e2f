const LONGEST_URL = 2048;

/** An address of a provider's document as it stands, or null where it could not be called. */
export function usableUrl(value: string | null): string | null {
  if (value === null || value.length > LONGEST_URL || !URL.canParse(value)) return null;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && !url.username && !url.password ? value : null;
}
