// The card that appears under the resting pointer.
import type { Locator, Page } from "playwright-core";

/** Rests the pointer on `target` until its card appears, and returns the card's text. */
export async function hoverText(page: Page, target: Locator): Promise<string> {
  const card = page.locator(".workbench-hover .hover-contents, .monaco-hover .hover-contents").last();
  await page.mouse.move(0, 0);
  await target.hover();
  await card.waitFor();
  return card.innerText();
}
