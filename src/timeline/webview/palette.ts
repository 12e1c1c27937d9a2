// The theme's colours, which the editor passes to a webview in CSS variables.
import type { Outcome, BarStageName } from "../messages";

export interface Palette {
  readonly background: string;
  readonly foreground: string;
  readonly faded: string;
  readonly line: string;
  /** At a tick. High contrast does without: its lines are as strong as what is drawn between them. */
  readonly tickLine: string;
  readonly dayLine: string;
  readonly focus: string;
  readonly selection: string;
  readonly now: string;
  /** True if everything drawn needs an outline, because tints can't be distinguished. */
  readonly isHighContrast: boolean;
  readonly stages: Readonly<Record<BarStageName, string>>;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly font: string;
}

/**
 * @param read a CSS variable's value; empty when the theme has none
 * @param isHighContrast whether the theme is one of the high-contrast ones
 */
function paletteOf(read: (name: string) => string, isHighContrast: boolean): Palette {
  const first = (fallback: string, ...names: readonly string[]): string => {
    for (const name of names) {
      const value = read(`--vscode-${name}`).trim();
      if (value !== "") return value;
    }
    return fallback;
  };
  const foreground = first("#808080", "foreground", "editor-foreground");
  const error = first("#e51400", "list-errorForeground", "charts-red");
  const warning = first("#bf8803", "list-warningForeground", "charts-yellow");
  const blue = first("#1a85ff", "charts-blue");
  return {
    background: first("#ffffff", "editor-background"),
    foreground,
    faded: isHighContrast ? foreground : first(foreground, "descriptionForeground"),
    line: isHighContrast
      ? first(foreground, "contrastBorder")
      : first("#80808030", "editorIndentGuide-background1", "widget-border"),
    tickLine: isHighContrast ? "transparent" : first("#80808030", "editorIndentGuide-background1", "widget-border"),
    dayLine: isHighContrast ? foreground : first("#80808060", "editorIndentGuide-activeBackground1", "widget-border"),
    focus: first(blue, "focusBorder"),
    selection: first("#80808020", "list-hoverBackground"),
    now: error,
    isHighContrast,
    stages: {
      claim: first("#b180d7", "charts-purple"),
      dispatch: first("#d18616", "charts-orange"),
      assigned: first("#b89500", "charts-yellow"),
      working: blue,
    },
    outcomes: {
      open: blue,
      completed: first("#388a34", "charts-green"),
      failed: error,
      "given-up": isHighContrast ? foreground : first("#808080", "disabledForeground"),
      stranded: warning,
      "agent-exited": warning,
    },
    font: first("sans-serif", "font-family"),
  };
}

export function currentPalette(): Palette {
  const style = getComputedStyle(document.body);
  const classes = document.body.classList;
  const isHighContrast = classes.contains("vscode-high-contrast") || classes.contains("vscode-high-contrast-light");
  return paletteOf((name) => style.getPropertyValue(name), isHighContrast);
}

/** The editor writes the colours to the root element, and the kind of theme to the body. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  return () => {
    observer.disconnect();
  };
}
