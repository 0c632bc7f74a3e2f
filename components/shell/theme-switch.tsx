"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { applyTheme, onThemeChange, shownTheme } from "./apply-theme";
import { THEME_LABELS, THEMES, type Theme } from "./theme";

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

export function ThemeSwitch({ theme }: { theme: Theme }) {
  const chosen = useSyncExternalStore(onThemeChange, shownTheme, () => theme);
  return (
    <fieldset className="flex rounded-md border border-line p-0.5">
      <legend className="sr-only">Theme</legend>
      {THEMES.map((name) => {
        const [label, Icon] = [THEME_LABELS[name], ICONS[name]];
        return (
          <label
            key={name}
            title={label}
            className="relative inline-flex size-7 cursor-pointer items-center justify-center rounded-sm text-muted outline-accent hover:text-ink has-checked:bg-sunken has-checked:text-ink has-focus-visible:outline-2 forced-colors:has-checked:bg-[Highlight] forced-colors:has-checked:text-[HighlightText]"
          >
            <input
              type="radio"
              name="theme"
              value={name}
              checked={chosen === name}
              onChange={() => applyTheme(name)}
              className="absolute inset-0 m-0 cursor-pointer appearance-none rounded-sm outline-none"
            />
            <Icon aria-hidden className="size-4" />
            <span className="sr-only">{label}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
