// A session that the extension shows, with a ledger that a test made up.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import { type LedgerContent, emptyLedger, saveAsNtm } from "../support/foreignSave";
import { eventually } from "../support/eventually";
import { Home } from "../support/home";
import type { Internals } from "./activated";

const home = new Home(os.homedir());
let count = 0;

export class LedgerStage {
  private constructor(
    readonly sessionName: string,
    private readonly internals: Internals,
  ) {}

  /** Makes a ledger of these rows and has it shown. */
  static async ofRows(
    internals: Internals,
    rows: readonly Record<string, unknown>[],
    schema: 1 | 9 = 9,
  ): Promise<LedgerStage> {
    const stage = new LedgerStage(`stage-${String(++count)}`, internals);
    fs.mkdirSync(home.sessionFolder(stage.sessionName), { recursive: true });
    const content = emptyLedger(stage.sessionName, schema);
    for (const row of rows) content.assignments[row["bead_id"] as string] = row;
    saveAsNtm(stage.primary, content);
    return stage.shown();
  }

  /** Copies a fixture's files and has them shown. */
  static async ofFixture(internals: Internals, fixture: string): Promise<LedgerStage> {
    const stage = new LedgerStage(`stage-${String(++count)}`, internals);
    home.placeLedger(stage.sessionName, fixture);
    return stage.shown();
  }

  get primary(): string {
    return home.ledgerPath(this.sessionName);
  }

  get backup(): string {
    return home.backupPath(this.sessionName);
  }

  /** What is on disk. */
  read(): LedgerContent {
    return JSON.parse(fs.readFileSync(this.primary, "utf8")) as LedgerContent;
  }

  /** A row on disk. */
  row(beadId: string): Record<string, unknown> | undefined {
    return this.read().assignments[beadId];
  }

  /** Waits until the tree's data has a bead in this status. */
  async shows(beadId: string, status: string | undefined): Promise<void> {
    await eventually(() => {
      assert.equal(this.internals.session.snapshot?.get(beadId)?.status, status);
    });
  }

  remove(): void {
    // Retries, because a stand-in for ntm may still be creating a file there.
    const retries = { maxRetries: 5, retryDelay: 50 };
    fs.rmSync(home.sessionFolder(this.sessionName), { recursive: true, force: true, ...retries });
  }

  private async shown(): Promise<this> {
    const { session } = this.internals;
    await session.switchTo(this.sessionName);
    await eventually(() => {
      assert.equal(session.snapshot?.sessionName, this.sessionName);
    });
    return this;
  }
}
