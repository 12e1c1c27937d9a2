// What the join needs of the panes that a ledger tells of, worked out once for rows that stay the same.
import { epochMilliseconds, type Assignment } from "../assignment";

/** A pane as the rows of a ledger tell of it. */
export interface LedgerPane {
  /** tmux's `%N`; absent when the ledger knows the label alone. */
  readonly paneId: string | undefined;
  readonly agentType: string;
  /** Oldest first. The same array as long as no row changes. */
  readonly rows: readonly Assignment[];
}

const activeRowsOf = new WeakMap<readonly Assignment[], readonly Assignment[]>();

/** The rows that occupy their pane: an agent with one of them isn't free. */
export function activeRows(rows: readonly Assignment[]): readonly Assignment[] {
  let active = activeRowsOf.get(rows);
  if (active === undefined) {
    active = rows.filter(isActive);
    activeRowsOf.set(rows, active);
  }
  return active;
}

/** Whether the row occupies its pane, as ntm sees it. */
function isActive({ status, clear_state }: Assignment): boolean {
  if (status === "assigned" || status === "working" || status === "claiming" || status === "claimed") return true;
  return clear_state !== undefined;
}

/** Milliseconds since 1970; `undefined` for what is no time, and for Go's zero time. */
export function assignedAt(row: Assignment): number | undefined {
  return epochMilliseconds(row.assigned_at);
}
