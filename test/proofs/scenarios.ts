// Ledgers in every state in which a change or a repair can find them, for the proofs that interrupt it.
import type { Assignment, AssignmentStore } from "../../src/assignment";
import { emptyLedger, row, type LedgerContent } from "../support/foreignSave";
import type { TemporaryStorage } from "../support/storage";

export const session = "session";

/** The status of every row, by bead. */
export type Statuses = Readonly<Record<string, string>>;

export interface Scenario {
  readonly title: string;
  readonly primary?: string;
  readonly backup?: string;
  /** One change, or one repair. */
  readonly act: (store: AssignmentStore) => Promise<unknown>;
  readonly before: Statuses;
  readonly after: Statuses;
  /** ntm from 1.20 on can't load the ledger as it is found. */
  readonly isRefusedByNtm?: boolean;
}

const atomic = { idempotency_key: "key", claim_state: "claimed", dispatch_state: "sent" };
const sending = {
  ...atomic,
  status: "claimed",
  dispatch_state: "sending",
  dispatch_attempts: 1,
  dispatch_started_at: "2026-11-22T10:00:01Z",
  pending_prompt: "Work on a",
};
const placed = { occupancy_key: "%1", dispatch_target: "%1" };
const broken = '{"session_name": "session", "assignments": {';

const markWorking = {
  act: (store: AssignmentStore) => store.markWorking("a"),
  before: { a: "assigned", b: "completed" },
  after: { a: "working", b: "completed" },
};

const repair = {
  act: (store: AssignmentStore) => store.repair(),
  before: markWorking.before,
  after: markWorking.before,
  isRefusedByNtm: true,
};

/** With what the user saw, for a store that couldn't read the ledger before. */
async function resolveDispatch(store: AssignmentStore): Promise<void> {
  const observed = row("a", { ...sending, ...placed }) as unknown as Assignment;
  const [result] = await store.apply([{ kind: "resolveDispatch", beadId: "a", outcome: "arrived", observed }]);
  if (result?.error !== undefined) throw result.error;
}

export const saves: readonly Scenario[] = [
  { title: "a save at schema 9", primary: schema9(7), backup: schema9(7), ...markWorking },
  { title: "a save of an atomic row", primary: schema9(7, atomic), backup: schema9(7, atomic), ...markWorking },
  {
    title: "a save that resolves a dispatch",
    primary: schema9(7, sending),
    backup: schema9(7, sending),
    act: resolveDispatch,
    before: { a: "claimed", b: "completed" },
    after: { a: "assigned", b: "completed" },
  },
  {
    title: "a save over an older backup",
    primary: schema9(7),
    backup: schema9(6, { status: "failed" }),
    ...markWorking,
  },
  { title: "a save without a backup", primary: schema9(7), ...markWorking },
  {
    title: "a save that promotes the backup first",
    primary: schema9(7, { status: "failed" }),
    backup: schema9(8),
    ...markWorking,
  },
  { title: "a save that promotes a first save first", backup: schema9(1), ...markWorking },
  { title: "a save at schema 1", primary: schema1(), backup: schema1(), ...markWorking },
  {
    title: "a save at schema 1 over the save before",
    primary: schema1(),
    backup: schema1({ status: "failed" }, "2026-11-22T09:00:00Z"),
    ...markWorking,
    isRefusedByNtm: true,
  },
  { title: "a save at schema 1 without a backup", primary: schema1(), ...markWorking },
  {
    title: "the first save of a new ledger",
    act: (store) => store.assign("a", "Title of a", 1, "codex", "", "", "%1"),
    before: {},
    after: { a: "assigned" },
  },
];

export const repairs: readonly Scenario[] = [
  { title: "a repair that promotes the backup", primary: broken, backup: schema9(7), ...repair },
  { title: "a repair that publishes the primary", primary: schema9(7), backup: broken, ...repair },
];

/** Separate from the others because it is slow: the load waits for a missing primary. */
export const slowRepair: Scenario = {
  title: "a repair that puts a lost primary back",
  backup: schema9(7),
  ...repair,
};

/** Puts the scenario's ledger in place, if it has one. */
export function place(storage: TemporaryStorage, { primary, backup }: Scenario): void {
  if (primary !== undefined || backup !== undefined) storage.put(session, primary, backup);
}

function schema9(generation: number, fields: Readonly<Record<string, unknown>> = {}): string {
  const assignments = { a: row("a", { ...fields, ...placed }), b: row("b", { status: "completed", ...placed }) };
  return text({ ...emptyLedger(session), assignments, persistence_generation: generation });
}

function schema1(fields: Readonly<Record<string, unknown>> = {}, updatedAt = "2026-11-22T10:00:00Z"): string {
  const assignments = { a: row("a", fields), b: row("b", { status: "completed" }) };
  return text({ ...emptyLedger(session, 1), assignments, updated_at: updatedAt });
}

function text(content: LedgerContent): string {
  return JSON.stringify(content, undefined, 2);
}

/** The status of every row of a ledger that ntm's loader accepts. */
export function statusesOf(content: LedgerContent | undefined): Statuses {
  const rows = Object.entries(content?.assignments ?? {});
  return Object.fromEntries(rows.map(([id, row]) => [id, String(row["status"])]));
}

/** The status of every row that a store shows. */
export function shownStatuses(store: AssignmentStore): Statuses {
  return Object.fromEntries(store.list().map((row) => [row.bead_id, row.status]));
}
