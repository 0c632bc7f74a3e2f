import type { LoginDesign } from "./schema";

/** The page's own colours behind text, as lib/http/pages/style.ts draws them. */
export const CANVAS = { light: "#f5f7f8", dark: "#0e1316" } as const;
const DARK_TEXT = "#000000";
const LIGHT_TEXT = "#ffffff";

/** Least contrast of text (WCAG 2.2, 1.4.3). */
export const LEAST_CONTRAST = 4.5;

const HEX = /^#[0-9a-f]{6}$/i;
export const isColour = (text: string | null | undefined): text is string => HEX.test(text ?? "");

/** Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2, "relative luminance"). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours `#rrggbb`: 1 (the same) to 21 (black on white). */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white: whichever is easier to read on `background`; one of them always is ≥ 4.5. */
export const readableOn = (background: string): string =>
  contrast(DARK_TEXT, background) >= contrast(LIGHT_TEXT, background) ? DARK_TEXT : LIGHT_TEXT;

type Colours = Pick<LoginDesign, "background_color" | "text_color">;

/**
 * The least contrast of the header and footer text with what is behind it, in light and in dark;
 * null where the page's own colours stand, or where a colour is not one (yet).
 */
export function designContrast({ background_color, text_color }: Colours): number | null {
  if (!isColour(text_color)) return null;
  if (background_color === null) {
    return Math.min(contrast(text_color, CANVAS.light), contrast(text_color, CANVAS.dark));
  }
  return isColour(background_color) ? contrast(text_color, background_color) : null;
}

/** As people write it: `4.49:1`, never rounded up to what it does not reach. */
export const ratioWords = (ratio: number): string =>
  `${(Math.floor(ratio * 100) / 100).toFixed(2)}:1`;

/** Says that a text can hardly be read, and against what. */
export const hardToRead = (ratio: number, { background_color }: Colours): string => {
  const behind = background_color ? "the background" : "the page's own light or dark background";
  return `This text is hard to read: its contrast with ${behind} is ${ratioWords(ratio)}, and 4.5:1 is the least.`;
};
