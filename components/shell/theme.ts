export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** A cookie and not storage: the server paints the right theme at once. */
export const THEME_COOKIE = "gatehouse-theme";

export const THEME_LABELS: Record<Theme, string> = {
  system: "System",
  light: "Light",
  dark: "Dark",
};

export const themeFrom = (text: string | undefined): Theme =>
  THEMES.find((theme) => theme === text) ?? "system";
