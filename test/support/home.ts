// A home folder as ntm leaves it: one ledger per session under .ntm/sessions.
import * as fs from "node:fs";
import * as path from "node:path";
import { ledgerFixtures } from "./project";

export class Home {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  sessionFolder(session: string): string {
    return path.join(this.path, ".ntm/sessions", session);
  }

  ledgerPath(session: string): string {
    return path.join(this.sessionFolder(session), "assignments.json");
  }

  backupPath(session: string): string {
    return `${this.ledgerPath(session)}.bak`;
  }

  get programFolder(): string {
    return path.join(this.path, "bin");
  }

  /** Where {@link install} puts the tracker's program. */
  get br(): string {
    return path.join(this.programFolder, "br");
  }

  /** Gives a process no tmux but one whose socket is in this home. */
  get environment(): Readonly<Record<"TMUX" | "TMUX_TMPDIR", string>> {
    return { TMUX: "", TMUX_TMPDIR: this.tmuxFolder };
  }

  get tmuxFolder(): string {
    return path.join(this.path, "tmux");
  }

  /** Makes `program` what this home has under `name`. */
  install(name: string, program: string): void {
    fs.mkdirSync(this.programFolder, { recursive: true });
    fs.symlinkSync(program, path.join(this.programFolder, name));
  }

  /**
   * Puts a fixture's files, such as those of `schema9/plain`, in the session's place and under its name.
   * @returns the primary copy
   */
  placeLedger(session: string, fixture: string): string {
    const folder = this.sessionFolder(session);
    fs.mkdirSync(folder, { recursive: true });
    for (const name of ["assignments.json", "assignments.json.bak"]) {
      const source = path.join(ledgerFixtures, fixture, name);
      if (!fs.existsSync(source)) continue;
      const text = fs.readFileSync(source, "utf8");
      const renamed = text.replace(/"session_name": "[^"]*"/, `"session_name": ${JSON.stringify(session)}`);
      fs.writeFileSync(path.join(folder, name), renamed);
    }
    return this.ledgerPath(session);
  }

  /** As if ntm had never run here, and nothing were installed. */
  clear(): void {
    for (const folder of [path.join(this.path, ".ntm"), this.programFolder]) {
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    }
  }
}
