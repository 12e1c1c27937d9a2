// The card that appears under the resting pointer.
import type { Locator, Page } from "playwright-core";
import { eventually } from "../../support/eventually";

const patienceMs = 3_000;

/** Rests the pointer on `target` until its card appears, and returns the card's text. */
export async function hoverText(page: Page, target: Locator): Promise<string> {
  const cards = page.locator(".workbench-hover, .monaco-hover:not(.hidden)").filter({ visible: true });
  // A row that is refreshed under the pointer shows no hover until the pointer moves again.
  return eventually(async () => {
    await page.mouse.move(0, 0);
    // The card of what the pointer was on before goes a moment later; if it stays, the new one takes its place.
    await cards
      .first()
      .waitFor({ state: "detached", timeout: patienceMs })
      .catch(() => undefined);
    await target.hover();
    return cards.locator(".hover-contents").last().innerText({ timeout: patienceMs });
  });
}
