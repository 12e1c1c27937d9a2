// The colour themes every picture is taken in.

export type Theme = "light" | "dark" | "high-contrast";

/** The theme's name in the settings, and the class by which the workbench shows that it wears it. */
export const themes: Readonly<Record<Theme, { readonly setting: string; readonly bodyClass: string }>> = {
  light: { setting: "Default Light Modern", bodyClass: "vs" },
  dark: { setting: "Default Dark Modern", bodyClass: "vs-dark" },
  "high-contrast": { setting: "Default High Contrast", bodyClass: "hc-black" },
};
