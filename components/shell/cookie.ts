/** Keeps a choice of this browser for a year, for pages and the server to read. */
export function keepChoice(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API does not exist on plain http
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
}
