// Text from agents inside hovers. It can't become markup: every character that Markdown could take for a sign is written
// as an entity, which is decoded only after the markup has been read. That also keeps addresses from becoming links.
import { plain } from "../words";

export function asText(text: string, maxLength: number): string {
  return plain(text, maxLength).replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Several lines as they are, in a block that none of them can end. */
export function asBlock(text: string): string {
  const longestFence = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = "`".repeat(longestFence + 1);
  // Line ends and tabs stay; what would reorder, hide or move text doesn't.
  const lines = text.replace(/\r\n?/g, "\n").replace(/[^\P{C}\n\t]/gu, "\u{fffd}");
  return `${fence}text\n${lines}\n${fence}`;
}
