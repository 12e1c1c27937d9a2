// Patterns of reserved files, as ntm and Agent Mail write them: paths of the project, `*`, `?`, `[…]` and `**`. They come
// from agents and are tried on every visible file, so they are matched without regular expressions, whose cost a hostile
// pattern can make explode: each `*` is tried again from the last one only.

export interface Pattern {
  /** The folder, from the project's root and without a slash at the end, that all matches are in; "" is the root. */
  readonly folder: string;
  /** `everything`: all that is in the folder. */
  readonly kind: "file" | "everything" | "glob";
  /** What is left of the path, by segments. */
  readonly rest: readonly string[];
}

/** Of one pattern, in characters. No path is longer. */
const longestPattern = 4096;

/** @returns `undefined` for what names nothing in the project */
export function parsePattern(text: string, projectFolder: string): Pattern | undefined {
  if (text.length > longestPattern || text.includes("\0")) return undefined;
  const relative = text.startsWith("/") ? withinProject(text, projectFolder) : text;
  const segments = relative?.split("/").filter((segment) => segment !== "" && segment !== ".") ?? [];
  if (segments.length === 0 || segments.includes("..")) return undefined;
  const wild = segments.findIndex((segment) => /[*?[]/.test(segment));
  if (wild < 0) {
    const isFolder = text.endsWith("/");
    return isFolder
      ? { folder: segments.join("/"), kind: "everything", rest: [] }
      : { folder: segments.slice(0, -1).join("/"), kind: "file", rest: segments.slice(-1) };
  }
  const folder = segments.slice(0, wild).join("/");
  const rest = segments.slice(wild).filter((segment, index, all) => segment !== "**" || all[index - 1] !== "**");
  return rest.length === 1 && rest[0] === "**"
    ? { folder, kind: "everything", rest: [] }
    : { folder, kind: "glob", rest };
}

/** @param path the segments below the pattern's folder */
export function matches({ rest }: Pattern, path: readonly string[]): boolean {
  const last = rest.at(-1);
  // Most files don't match by the end of their name alone.
  if (last !== undefined && last !== "**" && !matchesSegment(last, path.at(-1) ?? "")) return false;
  let [at, in_] = [0, 0];
  let [starAt, starIn] = [-1, 0];
  while (in_ < path.length) {
    const segment = rest[at];
    if (segment === "**") {
      [starAt, starIn] = [at++, in_];
    } else if (segment !== undefined && matchesSegment(segment, path[in_] ?? "")) {
      at++;
      in_++;
    } else if (starAt >= 0) {
      at = starAt + 1;
      in_ = ++starIn;
    } else {
      return false;
    }
  }
  while (rest[at] === "**" && at < rest.length - 1) at++;
  return at === rest.length;
}

function matchesSegment(pattern: string, name: string): boolean {
  let [at, in_] = [0, 0];
  let [starAt, starIn] = [-1, 0];
  while (in_ < name.length) {
    const length = pattern[at] === "*" ? 0 : matchLength(pattern, at, name.charAt(in_));
    if (pattern[at] === "*") {
      [starAt, starIn] = [at++, in_];
    } else if (length > 0) {
      at += length;
      in_++;
    } else if (starAt >= 0) {
      at = starAt + 1;
      in_ = ++starIn;
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}

/** How many characters of the pattern match this one; 0 if none does. */
function matchLength(pattern: string, at: number, character: string): number {
  const first = pattern[at];
  if (first === "?") return 1;
  const end = first === "[" ? pattern.indexOf("]", at + 2) : -1;
  if (end < 0) return first === character ? 1 : 0;
  const isNegated = pattern[at + 1] === "!" || pattern[at + 1] === "^";
  let isIn = false;
  for (let index = at + (isNegated ? 2 : 1); index < end; index++) {
    const low = pattern.charAt(index);
    const isRange = pattern[index + 1] === "-" && index + 2 < end;
    const high = isRange ? pattern.charAt(index + 2) : low;
    if (isRange) index += 2;
    isIn ||= low <= character && character <= high;
  }
  return isIn === isNegated ? 0 : end - at + 1;
}

function withinProject(file: string, projectFolder: string): string | undefined {
  const folder = projectFolder.endsWith("/") ? projectFolder : `${projectFolder}/`;
  return file.startsWith(folder) ? file.slice(folder.length) : undefined;
}
