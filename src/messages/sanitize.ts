// IDs, titles, reasons and names come from agents. They are shown as one short line of plain text, as they are: only what reorders
// text, or is invisible without a function, is dropped, and only what the editor would take for a link or an icon is escaped.

const plainAscii = /^[\x20-\x7e]*$/;
/** Line ends and other control characters, and halves of surrogate pairs. */
const separators = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu;
/**
 * First the invisible characters that have a function, each where it has one: flags of regions, joiners within emoji and in
 * scripts that join letters, variants of characters. Then everything that is invisible, or reorders adjacent text.
 */
const invisible =
  /(\u{1F3F4}[\u{E0020}-\u{E007E}]{2,8}\u{E007F}|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})|(?<=\p{M})[\u200C\u200D]|(?<=(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}])\p{L})[\u200C\u200D](?=\p{L})|(?<=[^\s\p{Default_Ignorable_Code_Point}])[\uFE00-\uFE0F]|(?<=\p{Script=Han})[\u{E0100}-\u{E01EF}]|(?<=\p{Script=Mongolian})[\u180B-\u180D\u180F])|[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;

/** Made when it is first needed: it takes 10 ms. */
let graphemes: Intl.Segmenter | undefined;

/** The text as one line of at most `maxLength` characters, as the user sees them. */
export function sanitize(text: string, maxLength = 80): string {
  const start = text.slice(0, maxLength * 8);
  const line = (
    plainAscii.test(start)
      ? start
      : start.replace(invisible, (_, functional: string | undefined) => functional ?? "").replace(separators, " ")
  ).trim();
  if (line.length <= maxLength) return line;
  if (plainAscii.test(line)) return `${line.slice(0, maxLength - 1)}…`;
  graphemes ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const characters = Array.from(graphemes.segment(line), ({ segment }) => segment);
  return characters.length <= maxLength ? line : `${characters.slice(0, maxLength - 1).join("")}…`;
}

/** {@link sanitize}, for quick picks and the status bar, which render `$(name)` as an icon unless a backslash precedes it. */
export function escapeIcons(text: string, maxLength?: number): string {
  return sanitize(text, maxLength).replace(/\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g, "\\$&");
}

/**
 * For messages and for notes of input boxes, which render `[label](target)` as a link, also one that runs a command. A blank
 * between label and target keeps it text; where the editor sees no link, nothing is changed.
 */
export function escapeLinks(text: string): string {
  return text.replace(/\[([^\]]+)\](?=\((?:https?:\/\/|command:|file:)[^)\s]+[^)]*\))/gi, "[$1] ");
}

/** For Markdown: all punctuation as entities, so that nothing is rendered. */
export function escapeMarkdown(text: string, maxLength: number): string {
  return sanitize(text, maxLength).replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
