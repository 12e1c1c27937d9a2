// A session with a test's rows, read by the real store: unchanged rows stay the same objects.
import * as fs from "node:fs";
import * as path from "node:path";
import { newStore, type AssignmentStore } from "../../src/assignment";
import { SessionSnapshot } from "../../src/session/sessionSnapshot";
import { emptyLedger, row, saveAsNtm } from "./foreignSave";
import { TemporaryStorage } from "./storage";

export class LedgerOfRows {
  private readonly storage = new TemporaryStorage();
  private readonly store: AssignmentStore;
  private snapshot: SessionSnapshot | undefined;
  private generation = 0;

  constructor(private readonly schema: 1 | 9 = 9) {
    this.store = newStore("session", { storageDir: this.storage.path });
  }

  /** What is shown of a ledger with these rows. Each needs its `bead_id`; what else a row must have is filled in. */
  async with(...rows: readonly Record<string, unknown>[]): Promise<SessionSnapshot> {
    const content = emptyLedger("session", this.schema);
    if (this.schema === 9) content.persistence_generation = ++this.generation;
    for (const fields of rows) {
      const beadId = String(fields["bead_id"]);
      content.assignments[beadId] = row(beadId, fields);
    }
    fs.mkdirSync(path.dirname(this.store.path), { recursive: true });
    saveAsNtm(this.store.path, content);
    return this.read();
  }

  /** What is shown of one of ntm's own ledgers. */
  async of(fixture: string): Promise<SessionSnapshot> {
    this.storage.putFixture("session", fixture);
    for (const copy of [this.store.path, `${this.store.path}.bak`]) {
      const text = fs.readFileSync(copy, "utf8");
      fs.writeFileSync(copy, text.replace(/"session_name": "[^"]*"/, '"session_name": "session"'));
    }
    return this.read();
  }

  /** What is shown once the bytes of both copies are these. */
  async withBytes(bytes: string): Promise<SessionSnapshot> {
    this.storage.put("session", bytes, bytes);
    return this.read();
  }

  /** What is shown once there is no ledger any more. */
  async removed(): Promise<SessionSnapshot> {
    fs.rmSync(path.dirname(this.store.path), { recursive: true, force: true });
    return this.read();
  }

  remove(): void {
    this.storage.remove();
  }

  private async read(): Promise<SessionSnapshot> {
    await this.store.load();
    return (this.snapshot = SessionSnapshot.of(this.store, this.snapshot));
  }
}
