// The box at the top of the window: the command palette, quick picks and input boxes.
import type { Locator, Page } from "playwright-core";

export interface QuickPickItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator(".quick-input-widget");
  }

  async title(): Promise<string> {
    return this.#widget.locator(".quick-input-title").innerText();
  }

  /** The prompt of an input box, or why its value isn't taken. */
  async message(): Promise<string> {
    return this.#widget.locator(".quick-input-message").innerText();
  }

  async placeholder(): Promise<string> {
    return (await this.#input.getAttribute("placeholder")) ?? "";
  }

  async value(): Promise<string> {
    return this.#input.inputValue();
  }

  /** What is listed now; right after one list has followed another, that may still be the former. */
  async items(): Promise<readonly QuickPickItem[]> {
    await this.#entries.first().waitFor();
    return this.#entries.evaluateAll((elements) =>
      elements
        .sort((a, b) => Number(a.getAttribute("data-index")) - Number(b.getAttribute("data-index")))
        .map((element) => {
          const text = (selector: string): string => element.querySelector(selector)?.textContent ?? "";
          return {
            label: text(".quick-input-list-row .label-name"),
            description: text(".quick-input-list-row .label-description"),
            detail: text(".quick-input-list-label-meta"),
          };
        }),
    );
  }

  /** Replaces what the box holds. */
  async type(text: string): Promise<void> {
    await this.#input.fill(text);
  }

  async accept(): Promise<void> {
    await this.#input.press("Enter");
  }

  /** Types into an input box and takes it. */
  async answer(text: string): Promise<void> {
    await this.type(text);
    await this.accept();
  }

  /** Clicks the item with this label. */
  async pick(label: string, timeoutMs?: number): Promise<void> {
    const name = this.#page.locator(".label-name").filter({ has: this.#page.getByText(label, { exact: true }) });
    const entry = this.#entries.filter({ has: name }).first();
    await entry.click(timeoutMs === undefined ? {} : { timeout: timeoutMs });
  }

  async cancel(): Promise<void> {
    await this.#input.press("Escape");
    await this.#widget.waitFor({ state: "hidden" });
  }

  async waitUntilOpen(): Promise<void> {
    await this.#input.waitFor();
  }

  get #input(): Locator {
    return this.#widget.locator(".quick-input-box input");
  }

  get #entries(): Locator {
    return this.#widget.locator(".quick-input-list .monaco-list-row");
  }
}
