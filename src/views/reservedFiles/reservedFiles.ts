// Which files are reserved for which row: indexed by path and by folder, so that only patterns that may match are tried.
import { isTerminal, type Assignment } from "../../assignment";
import { matches, parsePattern, type Pattern } from "./pattern";

/** Further patterns of one row are ignored; a sensible reservation has far fewer. */
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

/** The decoration of a file depends on these rows alone. Rows are immutable, so the same rows mean the same. */
type ReservingRows = readonly Assignment[];

const nothing: ReservingRows = [];
/** Files that the editor may have asked about before it is asked to forget all of them. */
const mostFiles = 50_000;

export class ShownFiles {
  #reserved = new ReservedFiles([], "");
  readonly #rowsByFile = new Map<string, ReservingRows>();

  /** The files that have a decoration, at most `limit`. */
  reserved(limit: number): readonly string[] {
    const files: string[] = [];
    for (const [file, rows] of this.#rowsByFile) {
      if (rows.length > 0 && files.push(file) === limit) break;
    }
    return files;
  }

  /** The rows that reserve a file; from now on, updates include it. */
  reservingRows(file: string): ReservingRows {
    const rows = this.#reserved.rowsOf(file);
    this.#rowsByFile.set(file, rows.length === 0 ? nothing : rows);
    return rows;
  }

  /** @returns the files whose decoration changed; `"all"` when there were too many to keep */
  update(reserved: ReservedFiles): readonly string[] | "all" {
    const wasEmpty = this.#reserved.isEmpty;
    this.#reserved = reserved;
    if (this.#rowsByFile.size > mostFiles) {
      this.#rowsByFile.clear();
      return "all";
    }
    if (wasEmpty && reserved.isEmpty) return [];
    const changed: string[] = [];
    for (const [file, before] of this.#rowsByFile) {
      if (!isSame(before, reserved.rowsOf(file))) changed.push(file);
    }
    return changed;
  }
}

function isSame(before: ReservingRows, after: ReservingRows): boolean {
  return before.length === after.length && before.every((row, index) => row === after[index]);
}
