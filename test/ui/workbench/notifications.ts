// The messages in the lower right corner.
import type { Locator, Page } from "playwright-core";
import { eventually } from "../../support/eventually";
import { stepMs } from "../../support/timeLimits";

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
  async waitFor(text: string | RegExp, timeout = stepMs): Promise<void> {
    await this.#toasts.filter({ hasText: text }).first().waitFor({ timeout });
  }

  async click(text: string | RegExp, button: string): Promise<void> {
    const toast = this.#toasts.filter({ hasText: text }).first();
    await toast.locator(".monaco-button", { hasText: new RegExp(`^${button}$`) }).click();
  }

  /** Closes all of them. One that goes by itself meanwhile is as good. */
  async clear(): Promise<void> {
    await eventually(async () => {
      const toast = this.#toasts.first();
      if (!(await toast.isVisible())) return;
      await toast.hover({ timeout: 1_000 });
      await toast.locator(".codicon-notifications-clear").click({ timeout: 1_000 });
      throw new Error("There may be more notifications.");
    });
  }
}
