// The shared set-up of the host tests: the activated extension, answered dialogs, and ledgers that are removed after each
// test.
import { activated, type Internals } from "./activated";
import { Dialogs } from "./dialogs";
import { LedgerStage } from "./ledgerStage";

type Row = Record<string, unknown>;

class HostTest {
  private current: { readonly internals: Internals; readonly dialogs: Dialogs } | undefined;
  private stages: LedgerStage[] = [];

  get internals(): Internals {
    return this.running.internals;
  }

  /** Answers the dialogs of the current test. */
  get dialogs(): Dialogs {
    return this.running.dialogs;
  }

  /** Creates a ledger with these rows, and makes its session the active one. */
  show(rows: readonly Row[], schema?: 1 | 9): Promise<LedgerStage> {
    return this.add(LedgerStage.ofRows(this.internals, rows, schema));
  }

  /** Copies a ledger from the fixtures, and makes its session the active one. */
  showFixture(fixture: string): Promise<LedgerStage> {
    return this.add(LedgerStage.ofFixture(this.internals, fixture));
  }

  async start(): Promise<void> {
    this.current = { internals: await activated(), dialogs: new Dialogs() };
  }

  end(): void {
    this.current?.dialogs.dispose();
    this.current = undefined;
    for (const stage of this.stages.splice(0)) stage.remove();
  }

  private async add(created: Promise<LedgerStage>): Promise<LedgerStage> {
    const stage = await created;
    this.stages.push(stage);
    return stage;
  }

  private get running(): NonNullable<typeof this.current> {
    if (this.current === undefined) throw new Error("Only available while a test runs.");
    return this.current;
  }
}

/** Sets up every test of the suite that it is called in. */
export function useHost(): Pick<HostTest, "internals" | "dialogs" | "show" | "showFixture"> {
  const test = new HostTest();
  beforeEach(() => test.start());
  afterEach(() => {
    test.end();
  });
  return test;
}
