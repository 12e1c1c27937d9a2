// A disk that may lose power: what a folder may hold afterwards, by the weakest promises that a file system makes. Content
// is safe once its file was synced, a name once its folder was; of anything else any part may be there, in any order.
import fs from "node:fs";
import * as path from "node:path";
import { interceptFiles, type FileOperation } from "./fileOperations";

/** The files of one folder by name. */
export type Folder = ReadonlyMap<string, string>;

interface File {
  content: string;
  /** What of it would outlive a power cut; a file that was never synced is empty then. */
  synced: string;
}

interface Rename {
  /** Sets or removes names. */
  readonly names: ReadonlyMap<string, File | undefined>;
}

export class PowerLoss {
  readonly #names = new Map<string, File>();
  readonly #safeNames = new Map<string, File>();
  #pending: Rename[] = [];
  readonly #open = new Map<number, File | "folder">();
  #isFolderSafe: boolean;

  /** @param folder may be yet to be made */
  constructor(private readonly folder: string) {
    this.#isFolderSafe = fs.existsSync(folder);
    if (!this.#isFolderSafe) return;
    for (const name of fs.readdirSync(folder)) {
      const content = fs.readFileSync(path.join(folder, name), "latin1");
      const file = { content, synced: content };
      this.#names.set(name, file);
      this.#safeNames.set(name, file);
    }
  }

  /** Runs the work. @returns everything that may have been left at any moment of it; `undefined` is no folder at all */
  async watch(work: () => Promise<unknown>): Promise<readonly (Folder | undefined)[]> {
    const seen = new Map<string, Folder | undefined>();
    const restore = interceptFiles((operation, perform) => {
      const result = perform();
      this.#record(operation, result);
      for (const possible of this.possibilities()) seen.set(JSON.stringify([...(possible ?? [])]), possible);
      return result;
    });
    try {
      await work();
    } finally {
      restore();
    }
    return [...seen.values()];
  }

  /** Everything that may be left if the power failed now. */
  *possibilities(): Generator<Folder | undefined> {
    if (!this.#isFolderSafe) yield undefined;
    const count = 1 << this.#pending.length;
    for (let chosen = 0; chosen < count; chosen++) {
      const names = new Map(this.#safeNames);
      this.#pending.forEach((rename, number) => {
        if ((chosen & (1 << number)) !== 0) apply(rename, names);
      });
      yield new Map(Array.from(names, ([name, { synced }]) => [name, synced]));
    }
  }

  #record({ name, path: target, args }: FileOperation, result: unknown): void {
    const isOurs = path.dirname(target) === this.folder;
    switch (name) {
      case "openSync":
        if (target === this.folder) this.#open.set(result as number, "folder");
        else if (target === path.dirname(this.folder)) this.#open.set(result as number, "folder");
        else if (isOurs) this.#open.set(result as number, this.#opened(path.basename(target), args[1]));
        break;
      case "closeSync":
        this.#open.delete(args[0] as number);
        break;
      case "writeSync": {
        const file = this.#open.get(args[0] as number);
        if (typeof file === "object") file.content += this.#written(args, result as number);
        break;
      }
      case "fsyncSync":
        this.#sync(target, args[0] as number);
        break;
      case "renameSync":
        if (isOurs) this.#rename(path.basename(target), path.basename(String(args[1])));
        break;
      case "unlinkSync":
      case "rmSync":
        if (isOurs) this.#change(new Map([[path.basename(target), undefined]]));
        break;
    }
  }

  #opened(name: string, flags: unknown): File {
    const known = this.#names.get(name);
    if (known !== undefined) {
      if (flags === "w") known.content = "";
      return known;
    }
    const file = { content: "", synced: "" };
    this.#change(new Map([[name, file]]));
    return file;
  }

  #written(args: readonly unknown[], length: number): string {
    if (typeof args[1] === "string") return args[1];
    const start = Number(args[2] ?? 0);
    return Buffer.from(args[1] as Uint8Array)
      .subarray(start, start + length)
      .toString("latin1");
  }

  #sync(target: string, descriptor: number): void {
    const file = this.#open.get(descriptor);
    if (typeof file === "object") file.synced = file.content;
    else if (target === path.dirname(this.folder)) this.#isFolderSafe = true;
    else if (target === this.folder) {
      for (const rename of this.#pending) apply(rename, this.#safeNames);
      this.#pending = [];
    }
  }

  #rename(from: string, to: string): void {
    const file = this.#names.get(from);
    if (file === undefined) throw new Error(`renamed what isn't there: ${from}`);
    this.#change(
      new Map([
        [from, undefined],
        [to, file],
      ]),
    );
  }

  #change(names: Rename["names"]): void {
    const rename = { names };
    apply(rename, this.#names);
    this.#pending.push(rename);
  }
}

function apply({ names }: Rename, to: Map<string, File>): void {
  for (const [name, file] of names) {
    if (file === undefined) to.delete(name);
    else to.set(name, file);
  }
}
