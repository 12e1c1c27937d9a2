// Escapes text from agents for hovers. Every punctuation character is written as an entity, which Markdown decodes only
// after parsing. This also keeps URLs from becoming links.
import { sanitize } from ".";

export function asText(text: string, maxLength: number): string {
  return sanitize(text, maxLength).replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
