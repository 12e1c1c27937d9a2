// Folders that don't outlive the process that asked for them.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { atExit } from "./atExit";

export class TempFolder {
  /** Absolute, its links resolved: the system's temp folder is one on macOS. */
  readonly path: string;
  readonly #keep: () => void;

  constructor(purpose: string) {
    this.path = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), `ntm-assignments-${purpose}-`)));
    this.#keep = atExit(() => {
      this.remove();
    });
  }

  /** Retries, for what was ended a moment ago may still have been writing there. */
  remove(): void {
    fs.rmSync(this.path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    this.#keep();
  }
}
