// A JSON reader that keeps what JSON.parse loses: exact numbers, duplicate keys, the text of unknown values.
// It accepts and rejects the same input as Go's encoding/json, with the same messages.

/** The text is not JSON. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
}

/** A value inside a checked text. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
}

export interface JsonMember extends JsonSpan {
  readonly key: string;
}

/** Go's limit for nested values. */
const maxDepth = 10_000;
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const whitespacePattern = /[ \t\n\r]*/y;
// eslint-disable-next-line no-control-regex -- control characters are not allowed in strings
const plainTextPattern = /[^"\\\u0000-\u001f]*/y;

/** Checks that the text is exactly one JSON value. @throws {JsonSyntaxError} */
export function checkJson(text: string): JsonSpan {
  const start = skipWhitespace(text, 0);
  const end = skipValue(text, start);
  const rest = skipWhitespace(text, end);
  if (rest < text.length) throw unexpected(text, rest, "after top-level value");
  return { start, end };
}

/** The members of an object in checked text, in order, duplicates included. */
export function* members(text: string, object: JsonSpan): Generator<JsonMember> {
  let at = skipWhitespace(text, object.start + 1);
  while (text[at] !== "}") {
    const keyEnd = skipString(text, at);
    const key = stringValue(text.slice(at, keyEnd));
    const start = skipWhitespace(text, skipWhitespace(text, keyEnd) + 1);
    const end = skipValue(text, start);
    yield { key, start, end };
    at = skipWhitespace(text, end);
    if (text[at] === ",") at = skipWhitespace(text, at + 1);
  }
}

/** The elements of an array in checked text. */
export function* elements(text: string, array: JsonSpan): Generator<JsonSpan> {
  let at = skipWhitespace(text, array.start + 1);
  while (text[at] !== "]") {
    const end = skipValue(text, at);
    yield { start: at, end };
    at = skipWhitespace(text, end);
    if (text[at] === ",") at = skipWhitespace(text, at + 1);
  }
}

/** The value of a string literal; a lone surrogate becomes U+FFFD, as in Go. */
export function stringValue(literal: string): string {
  return (JSON.parse(literal) as string).toWellFormed();
}

/** The kind of value, as Go names it. */
export function kindOf(text: string, value: JsonSpan): "null" | "bool" | "number" | "string" | "array" | "object" {
  switch (text[value.start]) {
    case "n":
      return "null";
    case "t":
    case "f":
      return "bool";
    case '"':
      return "string";
    case "[":
      return "array";
    case "{":
      return "object";
    default:
      return "number";
  }
}

/** Like `startsWith` at a position, and five times as fast if it matches; if not, it searches the rest of the text. */
export function matchesAt(part: string, text: string, at: number): boolean {
  return text.indexOf(part, at) === at;
}

/** Decodes UTF-8. Go replaces each invalid byte by one U+FFFD; `TextDecoder` merges some. */
export function decodeUtf8(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  if (!text.includes("\ufffd")) return text;
  let result = "";
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    result += length === 0 ? "\ufffd" : Buffer.from(bytes.subarray(at, at + length)).toString("utf8");
    at += length || 1;
  }
  return result;
}

/** The length of the valid UTF-8 sequence at a position; 0 if there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length <= 1) return length;
  const second = bytes[at + 1] ?? 0;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let next = 2; next < length; next++) {
    if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

/** The end of the value that starts here. Iterative, so that nesting can't overflow the call stack. */
function skipValue(text: string, start: number): number {
  const open: ("{" | "[")[] = [];
  let at = start;
  for (;;) {
    const first = text[at];
    if (first === "{" || first === "[") {
      if (open.push(first) > maxDepth) throw new JsonSyntaxError("exceeded max depth");
      at = skipWhitespace(text, at + 1);
      if (text[at] !== closing(first)) {
        if (first === "{") at = skipKey(text, at, "looking for beginning of object key string");
        continue;
      }
      open.pop();
      at++;
    } else {
      at = skipScalar(text, at);
    }
    // After a value: close containers, or continue with the next member.
    for (;;) {
      const container = open.at(-1);
      if (container === undefined) return at;
      at = skipWhitespace(text, at);
      if (text[at] === closing(container)) {
        open.pop();
        at++;
      } else if (text[at] === ",") {
        at = skipWhitespace(text, at + 1);
        if (container === "{") at = skipKey(text, at, "looking for beginning of object key string");
        break;
      } else {
        throw unexpected(text, at, container === "{" ? "after object key:value pair" : "after array element");
      }
    }
  }
}

function closing(open: "{" | "["): string {
  return open === "{" ? "}" : "]";
}

/** Skips a key, its colon, and the white space before the value. */
function skipKey(text: string, start: number, context: string): number {
  if (text[start] !== '"') throw unexpected(text, start, context);
  const colon = skipWhitespace(text, skipString(text, start));
  if (text[colon] !== ":") throw unexpected(text, colon, "after object key");
  return skipWhitespace(text, colon + 1);
}

function skipScalar(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return skipString(text, start);
  for (const literal of ["true", "false", "null"]) {
    if (first === literal[0]) return skipLiteral(text, start, literal);
  }
  if (first === "-" || (first !== undefined && first >= "0" && first <= "9")) return skipNumber(text, start);
  throw unexpected(text, start, "looking for beginning of value");
}

function skipLiteral(text: string, start: number, literal: string): number {
  for (let offset = 1; offset < literal.length; offset++) {
    if (text[start + offset] !== literal[offset]) {
      throw unexpected(text, start + offset, `in literal ${literal} (expecting '${literal[offset] ?? ""}')`);
    }
  }
  return start + literal.length;
}

function skipNumber(text: string, start: number): number {
  numberPattern.lastIndex = start;
  if (!numberPattern.test(text)) throw unexpected(text, start + 1, "in numeric literal");
  const end = numberPattern.lastIndex;
  const next = text[end];
  if (next === ".") throw unexpected(text, end + 1, "after decimal point in numeric literal");
  if (next === "e" || next === "E") {
    const sign = text[end + 1] === "+" || text[end + 1] === "-" ? 1 : 0;
    throw unexpected(text, end + 1 + sign, "in exponent of numeric literal");
  }
  return end;
}

function skipString(text: string, start: number): number {
  for (let at = start + 1; ;) {
    plainTextPattern.lastIndex = at;
    plainTextPattern.test(text);
    at = plainTextPattern.lastIndex;
    if (text[at] === '"') return at + 1;
    if (text[at] !== "\\") throw unexpected(text, at, "in string literal");
    const escaped = text[at + 1];
    if (escaped === "u") {
      for (let digit = at + 2; digit < at + 6; digit++) {
        if (!/^[0-9a-fA-F]$/.test(text[digit] ?? ""))
          throw unexpected(text, digit, "in \\u hexadecimal character escape");
      }
      at += 6;
    } else if (escaped !== undefined && '"\\/bfnrt'.includes(escaped)) {
      at += 2;
    } else {
      throw unexpected(text, at + 1, "in string escape code");
    }
  }
}

function skipWhitespace(text: string, start: number): number {
  whitespacePattern.lastIndex = start;
  whitespacePattern.test(text);
  return whitespacePattern.lastIndex;
}

function unexpected(text: string, at: number, context: string): JsonSyntaxError {
  if (at >= text.length) return new JsonSyntaxError("unexpected end of JSON input");
  return new JsonSyntaxError(`invalid character ${quoteByte(text, at)} ${context}`);
}

/** Go's scanner reads bytes: it reports the first byte of a character as Latin-1. */
function quoteByte(text: string, at: number): string {
  const byte = Buffer.from(String.fromCodePoint(text.codePointAt(at) ?? 0))[0] ?? 0;
  if (byte === 0x27) return "'\\''";
  const named: Partial<Record<number, string>> = {
    7: "\\a",
    8: "\\b",
    9: "\\t",
    10: "\\n",
    11: "\\v",
    12: "\\f",
    13: "\\r",
    0x5c: "\\\\",
  };
  const hex = byte.toString(16).padStart(2, "0");
  if (named[byte] !== undefined) return `'${named[byte]}'`;
  if (byte < 0x20 || byte === 0x7f) return `'\\x${hex}'`;
  return (byte >= 0x80 && byte < 0xa0) || byte === 0xad ? `'\\u00${hex}'` : `'${String.fromCharCode(byte)}'`;
}
