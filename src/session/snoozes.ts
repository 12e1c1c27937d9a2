// Snoozed rows: those that need attention, and that the user put aside for a time or until they change.
import type { Assignment } from "../assignment";
import { Emitter, type Disposable } from "../util/event";
import type { Problem } from "./attentionReason";
import { rowError, statusSince } from "./rowFacts";

const key = "beads.snoozes";
/** As many are kept, the latest ones. */
const keptSnoozes = 500;

/** What is kept for the workspace, such as the editor's `Memento`. */
interface Storage {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

interface Snooze {
  /** The reasons that the row had: another one ends the snooze. */
  readonly reasons: readonly string[];
  /** Milliseconds since 1970; absent: until the row changes. */
  readonly until?: number;
  /** What must stay the same if there is no time. */
  readonly row?: string;
}

export class Snoozes implements Disposable {
  private readonly changed = new Emitter<undefined>();
  /** After rows were snoozed, or a snooze was ended by the user. */
  readonly onDidChange = this.changed.event;
  /** By ledger and bead. */
  private readonly snoozes: Map<string, Snooze>;

  constructor(
    private readonly memento: Storage,
    private readonly clock: () => number = Date.now,
  ) {
    this.snoozes = new Map(entriesOf(memento.get(key)));
  }

  /**
   * When the snooze of a row ends, in milliseconds since 1970: infinite if it has no time; `undefined` if the row isn't snoozed.
   * @param problems of the row
   */
  endOf(ledgerPath: string, row: Assignment, problems: readonly Problem[], now: number): number | undefined {
    if (this.snoozes.size === 0) return undefined;
    const snooze = this.snoozes.get(keyOf(ledgerPath, row.bead_id));
    if (snooze === undefined || !reasonsOf(problems).every((reason) => snooze.reasons.includes(reason)))
      return undefined;
    if (snooze.until !== undefined) return snooze.until > now ? snooze.until : undefined;
    return snooze.row === contentOf(row) ? Infinity : undefined;
  }

  /** @param minutes `undefined`: until the row changes. A new reason to need attention ends either. */
  async snooze(
    ledgerPath: string,
    rows: readonly { readonly row: Assignment; readonly problems: readonly Problem[] }[],
    minutes: number | undefined,
  ): Promise<void> {
    const now = this.clock();
    for (const [id, { until }] of this.snoozes) if (until !== undefined && until <= now) this.snoozes.delete(id);
    for (const { row, problems } of rows) {
      const id = keyOf(ledgerPath, row.bead_id);
      const end = minutes === undefined ? { row: contentOf(row) } : { until: now + minutes * 60_000 };
      this.snoozes.delete(id);
      this.snoozes.set(id, { reasons: reasonsOf(problems), ...end });
    }
    await this.save();
  }

  async end(ledgerPath: string, beadIds: readonly string[]): Promise<void> {
    for (const beadId of beadIds) this.snoozes.delete(keyOf(ledgerPath, beadId));
    await this.save();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async save(): Promise<void> {
    this.changed.fire(undefined);
    await this.memento.update(key, [...this.snoozes].slice(-keptSnoozes));
  }
}

function keyOf(ledgerPath: string, beadId: string): string {
  return `${ledgerPath}\n${beadId}`;
}

/** An agent that waits again asks something else: its time is part of the reason. */
function reasonsOf(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ reason, since }) => (reason === "waiting" ? `${reason} ${since ?? ""}` : reason));
}

/** What the user sees of a row. ntm also writes fields that change all the time, such as leases. */
function contentOf(row: Assignment): string {
  const { idempotency_key: generation = row.assigned_at, retry_count: retries = 0 } = row;
  return JSON.stringify([generation, row.status, statusSince(row), retries, rowError(row)]);
}

/** What was stored may come from another version. */
function entriesOf(stored: unknown): readonly (readonly [id: string, snooze: Snooze])[] {
  if (!Array.isArray(stored)) return [];
  return stored.filter((entry): entry is [string, Snooze] => {
    if (!Array.isArray(entry) || typeof entry[0] !== "string") return false;
    const { reasons, until, row } = (entry[1] ?? {}) as Partial<Record<keyof Snooze, unknown>>;
    return Array.isArray(reasons) && (typeof until === "number" || typeof row === "string");
  });
}
