/** A version 4 UUID. `crypto.randomUUID` is missing on plain http, where consoles do live. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, index) => {
    if (index === 6) return ((byte & 0x0f) | 0x40).toString(16).padStart(2, "0");
    if (index === 8) return ((byte & 0x3f) | 0x80).toString(16).padStart(2, "0");
    return byte.toString(16).padStart(2, "0");
  }).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Phones show one tab at a time: there the test takes this one, and ends on its result. */
export const hasRoomForTabs = (): boolean => matchMedia("(min-width: 768px)").matches;

/**
 * Sends a form as a press on its button does, which no browser takes for a pop-up. The values are in
 * the body only, and in the page no longer than it takes.
 */
export function postForm(
  action: string,
  fields: Readonly<Record<string, string>>,
  target: "_blank" | "_self",
): void {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action, target, hidden: true });
  if (target === "_blank") form.rel = "noopener";
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
  form.remove();
}
