// Ids, titles, reasons and names come from agents. In messages they must read as one short line of text and be nothing else.

/** Control characters, line and paragraph separators, characters that reorder or hide text, and halves of surrogate pairs. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/**
 * The text as one line of at most `maxLength` characters. Notifications turn `[label](command:…)` into a link that runs
 * the command when clicked, so the two brackets are kept apart.
 */
export function plain(text: string, maxLength = 80): string {
  const line = text
    .slice(0, maxLength * 4)
    .replace(unprintable, " ")
    .replaceAll("](", "] (")
    .trim();
  if (line.length <= maxLength) return line;
  const characters = Array.from(line);
  return characters.length <= maxLength ? line : `${characters.slice(0, maxLength - 1).join("")}…`;
}

/** {@link plain}, for quick picks and the status bar, which draw `$(name)` as an icon. */
export function withoutIcons(text: string, maxLength?: number): string {
  return plain(text, maxLength).replaceAll("$(", "\\$(");
}
