import { keepChoice } from "./cookie";
import { THEME_COOKIE, type Theme, themeFrom } from "./theme";

const CHANGED = "gatehouse:theme";

/** Paints the page in a theme, keeps the choice, and tells whatever shows it. */
export function applyTheme(theme: Theme): void {
  keepChoice(THEME_COOKIE, theme);
  document.documentElement.dataset.theme = theme;
  document.dispatchEvent(new Event(CHANGED));
}

/** For `useSyncExternalStore`: the theme that the page is painted in. */
export const shownTheme = (): Theme => themeFrom(document.documentElement.dataset.theme);

export function onThemeChange(listener: () => void): () => void {
  document.addEventListener(CHANGED, listener);
  return () => document.removeEventListener(CHANGED, listener);
}
