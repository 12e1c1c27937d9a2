// A modal question.
import type { Locator, Page } from "playwright-core";

export class Dialog {
  readonly #page: Page;
  readonly #box: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#box = page.locator(".monaco-dialog-box");
  }

  async message(): Promise<string> {
    return this.#box.locator(".dialog-message-text").innerText();
  }

  async detail(): Promise<string> {
    return this.#box.locator(".dialog-message-detail").innerText();
  }

  async buttons(): Promise<readonly string[]> {
    await this.#box.waitFor();
    return this.#box.locator(".dialog-buttons .monaco-button").allInnerTexts();
  }

  async click(button: string): Promise<void> {
    await this.#box
      .locator(".dialog-buttons .monaco-button")
      .filter({ has: this.#page.getByText(button, { exact: true }) })
      .click();
    await this.#box.waitFor({ state: "detached" });
  }
}
