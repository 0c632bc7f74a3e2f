/** What the palette asks the server for, each time it opens. */
export interface PaletteLibrary {
  loginMethods: readonly { id: string; name: string; type: string; testable: boolean }[];
  /** Types to add; none for a read-only admin. */
  connectors: readonly { kind: string; label: string; keywords: readonly string[] }[];
  callbackUrl: string;
}

export const LIBRARY_PATH = "/api/palette";
