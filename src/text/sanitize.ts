// IDs, titles, reasons and names come from agents. In messages they must be one short line of plain text.

/** Control characters, line and paragraph separators, characters that reorder or hide text, and halves of surrogate pairs. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/**
 * The text as one line of at most `maxLength` characters. Notifications render `[label](command:…)` as a link that runs
 * the command, so the two brackets are separated.
 */
export function sanitize(text: string, maxLength = 80): string {
  const line = text
    .slice(0, maxLength * 4)
    .replace(unprintable, " ")
    .replaceAll("](", "] (")
    .trim();
  if (line.length <= maxLength) return line;
  const characters = Array.from(line);
  return characters.length <= maxLength ? line : `${characters.slice(0, maxLength - 1).join("")}…`;
}

/** {@link sanitize}, for quick picks and the status bar, which render `$(name)` as an icon. */
export function escapeIcons(text: string, maxLength?: number): string {
  return sanitize(text, maxLength).replaceAll("$(", "\\$(");
}
