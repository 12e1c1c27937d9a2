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

  /** Types into an input box that takes it, and closes. */
  async answer(text: string): Promise<void> {
    await this.type(text);
    await this.#closing(() => this.#input.press("Enter"));
  }

  /** Ticks the items of a list that takes several, and confirms. */
  async check(...labels: readonly string[]): Promise<void> {
    for (const label of labels) await this.#entries.filter({ hasText: label }).first().click();
    await this.#closing(() => this.#input.press("Enter"));
  }

  /** Clicks the item with this label, upon which the box closes. */
  async pick(label: string, timeoutMs?: number): Promise<void> {
    const entry = this.#entry(label);
    await this.#closing(() => entry.click(timeoutMs === undefined ? {} : { timeout: timeoutMs }));
  }

  /** Ticks the item with this label, where many can be chosen. */
  async tick(label: string): Promise<void> {
    await this.#entry(label).locator(".quick-input-list-checkbox").click();
  }

  /** Takes what is chosen. */
  async accept(): Promise<void> {
    await this.#closing(() => this.#input.press("Enter"));
  }

  /** Closes the box once it is complete: a list that arrives at a closed box would show up in the next one. */
  async cancel(): Promise<void> {
    await this.#entries.or(this.#widget.locator(".quick-input-message")).filter({ visible: true }).first().waitFor();
    await this.#closing(() => this.#input.press("Escape"));
  }

  async waitUntilOpen(): Promise<void> {
    await this.#input.waitFor();
  }

  /** Sees that the box closed even when the next one opens in it at once. */
  async #closing(act: () => Promise<void>): Promise<void> {
    await this.#widget.evaluate((widget: HTMLElement) => {
      delete widget.dataset["hasClosed"];
      const observer = new MutationObserver(() => {
        if (widget.style.display !== "none") return;
        widget.dataset["hasClosed"] = "true";
        observer.disconnect();
      });
      observer.observe(widget, { attributeFilter: ["style"] });
    });
    await act();
    await this.#page.locator(".quick-input-widget[data-has-closed]").waitFor({ state: "attached" });
  }

  get #input(): Locator {
    return this.#widget.locator(".quick-input-box input");
  }

  get #entries(): Locator {
    return this.#widget.locator(".quick-input-list .monaco-list-row");
  }

  #entry(label: string): Locator {
    const name = this.#page.locator(".label-name").filter({ has: this.#page.getByText(label, { exact: true }) });
    return this.#entries.filter({ has: name }).first();
  }
}
