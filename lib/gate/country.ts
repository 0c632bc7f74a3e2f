const COUNTRY = /^[A-Za-z]{2}$/;

/**
 * The client's country (ISO 3166-1 alpha-2, upper case) as the header says that the settings name.
 * Null without one, or for anything else. The caller knows that the header is a trusted proxy's.
 */
export function countryOf(
  header: (name: string) => string | null | undefined,
  name: string | null,
): string | null {
  const value = name === null ? null : header(name.toLowerCase());
  return value && COUNTRY.test(value) ? value.toUpperCase() : null;
}
