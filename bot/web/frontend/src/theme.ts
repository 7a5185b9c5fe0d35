// Light, dark, or as the device has it; kept in this browser.

import { signal } from "@preact/signals";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export const theme = signal<Theme>("auto");

export function choose(chosen: Theme): void {
  theme.value = chosen;
  if (chosen === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  try {
    localStorage.setItem("theme", chosen);
  } catch {
    // a browser that keeps nothing
  }
}

export function restoreTheme(): void {
  try {
    const kept = localStorage.getItem("theme") as Theme | null;
    if (kept && THEMES.includes(kept)) choose(kept);
  } catch {
    // as above
  }
}
