// The menu that a right click opened.
import type { Locator, Page } from "playwright-core";
import { eventually } from "../../support/eventually";

export class ContextMenu {
  readonly #page: Page;
  readonly #menu: Locator;

  private constructor(page: Page) {
    this.#page = page;
    this.#menu = page.locator(".context-view .monaco-menu");
  }

  /** Right-clicks again when no menu opens: a click is lost if the workbench renders the element anew in the same moment. */
  static async open(page: Page, element: Locator): Promise<ContextMenu> {
    const menu = new ContextMenu(page);
    await eventually(async () => {
      if (!(await menu.#menu.isVisible())) await element.click({ button: "right", timeout: 5_000 });
      await menu.#menu.waitFor({ timeout: 4_000 });
    });
    return menu;
  }

  /** The labels, in order, without separators. */
  async items(): Promise<readonly string[]> {
    return this.#menu.locator(".action-item:not(.disabled) > .action-menu-item > .action-label").allInnerTexts();
  }

  /** Chooses an item. In its first tenth of a second a menu takes no click, lest it takes the one that opened it. */
  async click(label: string): Promise<void> {
    const item = this.#menu.locator(".action-menu-item").filter({ has: this.#page.getByText(label, { exact: true }) });
    await item.waitFor();
    await eventually(async () => {
      if (await this.#menu.isVisible()) await item.click({ timeout: 1_000 });
      await this.#menu.waitFor({ state: "detached", timeout: 500 });
    });
  }

  async close(): Promise<void> {
    await this.#page.keyboard.press("Escape");
    await this.#menu.waitFor({ state: "detached" });
  }
}
