// Texts of the ledger come from other agents. In an answer they must be one bounded line, distinct from our own text.

/** Control characters, line and paragraph separators, characters that reorder or hide text, halves of surrogate pairs. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** @param maxLength in characters; a longer text is cut and ends with an ellipsis */
export function oneLine(text: string, maxLength: number): string {
  const characters = Array.from(
    text
      .slice(0, maxLength * 4)
      .replace(unprintable, " ")
      .trim(),
  );
  return characters.length <= maxLength ? characters.join("") : `${characters.slice(0, maxLength - 1).join("")}…`;
}

/** The text in quotes, so that what it says is not taken for what the tool says. */
export function quoted(text: string, maxLength = 200): string {
  return JSON.stringify(oneLine(text, maxLength));
}
