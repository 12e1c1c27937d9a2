// Ids, titles, names and reasons come from agents: they are drawn as one line of text and are nothing else.

/** Control characters, line and paragraph separators, characters that reorder or hide text, halves of surrogate pairs. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** The text as one line of at most `maxLength` UTF-16 units, without what can't be seen. */
export function displayText(text: string, maxLength = 300): string {
  const line = text
    .slice(0, maxLength * 2)
    .replace(unprintable, " ")
    .trim();
  if (line.length <= maxLength) return line;
  // A pair that the cut would halve goes as a whole.
  return `${line.slice(0, maxLength - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
