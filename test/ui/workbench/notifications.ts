// The messages in the lower right corner.
import type { Locator, Page } from "playwright-core";

export interface Notification {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  readonly buttons: readonly string[];
}

export class Notifications {
  readonly #toasts: Locator;

  constructor(page: Page) {
    this.#toasts = page.locator(".notifications-toasts .notification-list-item");
  }

  /** What is shown now, newest first. */
  async shown(): Promise<readonly Notification[]> {
    return this.#toasts.evaluateAll((elements) =>
      elements.map((element) => ({
        severity: (["error", "warning", "info"] as const).find((severity) =>
          element.querySelector(`.notification-list-item-icon.codicon-${severity}`),
        )!,
        message: element.querySelector(".notification-list-item-message")?.textContent ?? "",
        buttons: [...element.querySelectorAll(".notification-list-item-buttons-container .monaco-button")].map(
          (button) => button.textContent,
        ),
      })),
    );
  }

  /** The message that holds `text`, once it is shown. */
  async waitFor(text: string | RegExp): Promise<void> {
    await this.#toasts.filter({ hasText: text }).first().waitFor();
  }

  async click(text: string | RegExp, button: string): Promise<void> {
    const toast = this.#toasts.filter({ hasText: text }).first();
    await toast.locator(".monaco-button", { hasText: new RegExp(`^${button}$`) }).click();
  }

  /** Closes all of them. */
  async clear(): Promise<void> {
    for (let toast = this.#toasts.first(); await toast.isVisible();) {
      await toast.hover();
      await toast.locator(".codicon-notifications-clear").click();
    }
  }
}
