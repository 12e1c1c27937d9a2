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

  /** As if ntm had never run here. */
  clear(): void {
    fs.rmSync(path.join(this.path, ".ntm"), { recursive: true, force: true });
  }
}
