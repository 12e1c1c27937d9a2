// A real file system that can be filled up: a small one in memory, where the machine lets us mount one.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { atExit } from "./atExit";
import { TempFolder } from "./tempFolder";

export class SmallDisk {
  readonly #folder = new TempFolder("disk");
  readonly #spare: () => void;
  readonly path = this.#folder.path;

  /** @throws {Error} where that needs rights we don't have */
  constructor(bytes: number) {
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", `size=${bytes},mode=700`, "none", this.path], { stdio: "pipe" });
    } catch (error) {
      this.#folder.remove();
      throw error;
    }
    this.#spare = atExit(() => {
      this.#unmount();
    });
  }

  /** Fills the disk up until that many bytes are free. */
  fill(free: number): void {
    const { bavail, bsize } = fs.statfsSync(this.path);
    fs.writeFileSync(this.#filler, Buffer.alloc(Math.max(0, bavail * bsize - free)));
  }

  relieve(): void {
    fs.rmSync(this.#filler, { force: true });
  }

  remove(): void {
    this.#spare();
    this.#unmount();
  }

  get #filler(): string {
    return path.join(this.path, "filler");
  }

  /** At once, even if something still holds a file open: a test that failed for that reason must say so itself. */
  #unmount(): void {
    execFileSync("umount", ["-l", this.path], { stdio: "pipe" });
    this.#folder.remove();
  }
}

/** Why no small disk can be had here; `undefined` when it can. */
export function whyNoSmallDisk(): string | undefined {
  if (process.platform !== "linux") return "only Linux has tmpfs";
  if (process.getuid?.() !== 0) return "mounting needs root";
  try {
    new SmallDisk(65_536).remove();
    return undefined;
  } catch (error) {
    return `mounting failed: ${error instanceof Error ? error.message.trim() : String(error)}`;
  }
}
