// Temporary storage folders with ledgers in them, and ntm's own ledgers to fill them with.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ledgerFixtures } from "./project";

/** In memory where there is such a place: what these tests are about doesn't get truer by waiting for a disk. */
const home = fs.existsSync("/dev/shm") ? "/dev/shm" : os.tmpdir();

/** A storage folder of a test's own, gone when the test is over. */
export class TemporaryStorage {
  readonly path: string;

  /** @param parent the folder to be in, if it matters */
  constructor(parent = home) {
    this.path = fs.mkdtempSync(path.join(parent, "ntm-storage-"));
  }

  primary(session: string): string {
    return path.join(this.path, session, "assignments.json");
  }

  backup(session: string): string {
    return `${this.primary(session)}.bak`;
  }

  /** Writes the copies given; `undefined` leaves a copy out. */
  put(session: string, primary: string | Uint8Array | undefined, backup?: string | Uint8Array): void {
    fs.mkdirSync(path.join(this.path, session), { recursive: true, mode: 0o700 });
    if (primary !== undefined) fs.writeFileSync(this.primary(session), primary);
    if (backup !== undefined) fs.writeFileSync(this.backup(session), backup);
  }

  /** Copies a folder of fixtures, e.g. `schema9/plain`. */
  putFixture(session: string, fixture: string): void {
    const read = (name: string): Buffer | undefined => {
      const file = path.join(ledgerFixtures, fixture, name);
      return fs.existsSync(file) ? fs.readFileSync(file) : undefined;
    };
    this.put(session, read("assignments.json"), read("assignments.json.bak"));
  }

  /** Every file of a session with its content as text, lock files left out. */
  files(session: string): Record<string, string> {
    const folder = path.join(this.path, session);
    if (!fs.existsSync(folder)) return {};
    const names = fs.readdirSync(folder).filter((name) => !name.endsWith(".lock"));
    return Object.fromEntries(names.sort().map((name) => [name, fs.readFileSync(path.join(folder, name), "latin1")]));
  }

  remove(): void {
    fs.rmSync(this.path, { recursive: true, force: true });
  }
}
