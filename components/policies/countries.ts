/** Regions of Unicode that are no country, and codes that stand for none. */
const NO_COUNTRY = new Set("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split(" "));

const LETTERS = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at));

const names = new Intl.DisplayNames("en-GB", { type: "region", fallback: "none" });

/** `New Zealand (NZ)`; the code alone for one without a name. */
export function countryLabel(code: string): string {
  const name = /^[A-Z]{2}$/.test(code) ? names.of(code) : undefined;
  return name ? `${name} (${code})` : code;
}

/** Retired codes such as DD are other names of a country. */
const isCurrent = (code: string): boolean =>
  Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;

/** Every country by its label, in the order of the labels. */
export function allCountries(): { value: string; code: string }[] {
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
    .filter((code) => !NO_COUNTRY.has(code) && names.of(code) !== undefined && isCurrent(code))
    .map((code) => ({ value: countryLabel(code), code }))
    .toSorted((a, b) => a.value.localeCompare(b.value, "en"));
}

/** What was typed or chosen as a code: a label, a name or a code; anything else as it stands. */
export function countryCode(text: string, all: readonly { value: string; code: string }[]): string {
  const wanted = text.trim().toLowerCase();
  const found = all.find(({ value, code }) => {
    const label = value.toLowerCase();
    return label === wanted || label === `${wanted} (${code.toLowerCase()})`;
  });
  return found?.code ?? (/^[a-z]{2}$/.test(wanted) ? wanted.toUpperCase() : text.trim());
}
