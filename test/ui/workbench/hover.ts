// The card that appears under the resting pointer.
import type { Locator, Page } from "playwright-core";
import { eventually } from "../../support/eventually";

/** Rests the pointer on `target` until its card appears, and returns the card's text. */
export async function hoverText(page: Page, target: Locator): Promise<string> {
  const card = page.locator(".workbench-hover .hover-contents, .monaco-hover .hover-contents").last();
  await page.mouse.move(0, 0);
  // The card of what the pointer was on before goes a moment later.
  await eventually(async () => {
    if ((await page.locator(".workbench-hover, .monaco-hover:not(.hidden)").filter({ visible: true }).count()) > 0) {
      throw new Error("Another card is still shown.");
    }
  });
  await target.hover();
  await card.waitFor();
  return card.innerText();
}
