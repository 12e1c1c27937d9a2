// Which files are reserved for which row: looked up by path and by folder, so that only patterns that may fit are tried.
import { isTerminal, type Assignment } from "../assignment";
import { matches, parsePattern, type Pattern } from "./pattern";

/** More patterns of one row than this are not looked at; a sensible reservation has far fewer. */
const mostPatternsOfRow = 5000;

interface Entry {
  readonly pattern: Pattern;
  readonly row: Assignment;
  /** How the name of every match ends. */
  readonly tail: string;
}

/** The patterns whose matches are in one folder. */
interface Folder {
  /** By the name of the file, where the pattern says it. */
  readonly named: Map<string, Entry[]>;
  readonly others: Entry[];
}

export class ReservedFiles {
  /** By path from the project's root. */
  readonly #files = new Map<string, Assignment[]>();
  /** Patterns by the folder that their matches are in. */
  readonly #folders = new Map<string, Folder>();

  /**
   * @param rows of the session; those in flight count
   * @param projectFolder absolute, with `/` between its parts
   */
  constructor(
    rows: readonly Assignment[],
    readonly projectFolder: string,
  ) {
    for (const row of rows) {
      if (isTerminal(row.status)) continue;
      for (const text of row.reserved_paths?.slice(0, mostPatternsOfRow) ?? []) this.#add(text, row);
    }
  }

  get isEmpty(): boolean {
    return this.#files.size === 0 && this.#folders.size === 0;
  }

  /** The rows that a file is reserved for. @param file an absolute path, with `/` between its parts */
  rowsOf(file: string): readonly Assignment[] {
    if (this.isEmpty || !file.startsWith(`${this.projectFolder}/`)) return [];
    const path = file.slice(this.projectFolder.length + 1);
    const rows = new Set(this.#files.get(path));
    if (this.#folders.size === 0) return [...rows];
    const segments = path.split("/");
    const name = segments.at(-1) ?? "";
    for (let depth = 0, folder = ""; depth < segments.length; depth++) {
      const candidates = this.#folders.get(folder);
      if (candidates !== undefined) {
        const below = segments.slice(depth);
        const add = ({ pattern, row, tail }: Entry): void => {
          if (rows.has(row) || !name.endsWith(tail)) return;
          if (pattern.kind === "everything" || matches(pattern, below)) rows.add(row);
        };
        candidates.named.get(name)?.forEach(add);
        candidates.others.forEach(add);
      }
      const segment = segments[depth] ?? "";
      folder = depth === 0 ? segment : `${folder}/${segment}`;
    }
    return [...rows];
  }

  #add(text: string, row: Assignment): void {
    const pattern = parsePattern(text, this.projectFolder);
    if (pattern === undefined) return;
    if (pattern.kind === "file") {
      const [name = ""] = pattern.rest;
      push(this.#files, pattern.folder === "" ? name : `${pattern.folder}/${name}`, row);
    } else {
      const folder = this.#folders.get(pattern.folder) ?? { named: new Map<string, Entry[]>(), others: [] };
      this.#folders.set(pattern.folder, folder);
      const last = pattern.rest.at(-1) ?? "**";
      const tail = /[^*?\]]*$/.exec(last)?.[0] ?? "";
      const entry = { pattern, row, tail };
      if (/[*?[]/.test(last)) folder.others.push(entry);
      else push(folder.named, last, entry);
    }
  }
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
