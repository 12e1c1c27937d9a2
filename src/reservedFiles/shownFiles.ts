// Which files the editor requested a decoration for, so that events name only those whose reservation changed.
import type { Assignment } from "../assignment";
import { ReservedFiles } from "./reservedFiles";

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
  look(file: string): ReservingRows {
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
