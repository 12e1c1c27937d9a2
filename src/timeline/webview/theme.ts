// The theme's colours as the page has them now, and word of when they change.
import { paletteOf, type Palette } from "./palette";

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
