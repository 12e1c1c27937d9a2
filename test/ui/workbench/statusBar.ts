// One item of the status bar.
import type { Locator, Page } from "playwright-core";
import { hoverText } from "./hover";

export class StatusBarItem {
  readonly #page: Page;
  readonly #item: Locator;

  /** `id` is the item's own; the workbench puts the extension's before it. */
  constructor(page: Page, id: string) {
    this.#page = page;
    this.#item = page.locator(`.statusbar-item[id$=${JSON.stringify(id)}]`);
  }

  /** Without its icons. */
  async text(): Promise<string> {
    return (await this.#item.innerText()).trim();
  }

  /** What a screen reader says. */
  async ariaLabel(): Promise<string> {
    return (await this.#item.getAttribute("aria-label")) ?? "";
  }

  async kind(): Promise<"normal" | "warning" | "error"> {
    const classes = (await this.#item.getAttribute("class")) ?? "";
    return /\berror-kind\b/.test(classes) ? "error" : /\bwarning-kind\b/.test(classes) ? "warning" : "normal";
  }

  async tooltip(): Promise<string> {
    return hoverText(this.#page, this.#item);
  }

  async click(): Promise<void> {
    await this.#item.locator("a").first().click();
  }

  async isVisible(): Promise<boolean> {
    return this.#item.isVisible();
  }

  async waitUntilVisible(): Promise<void> {
    await this.#item.waitFor();
  }
}
