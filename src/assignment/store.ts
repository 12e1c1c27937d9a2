// The store: what a session's ledger held when it was last read or written, and the only way to change it.
import type { Assignment, AssignmentStatus, Timestamp } from "./assignment";
import type { AssignmentStats } from "./stats";
import type { Change, ChangeResult } from "./change";
import type { LedgerHealth } from "../ledger/health";

export interface StoreOptions {
  /** Where the session folders are. Default: {@link storageDir}. */
  readonly storageDir?: string;
  /** How long a change waits for other writers, in milliseconds. Default: 10,000. */
  readonly lockTimeoutMs?: number;
  /** The time as RFC 3339 in UTC, up to nanoseconds. Asked once per changed row that takes a time, then once for `updated_at`. */
  readonly now?: () => Timestamp;
}

/** What a repair did. */
export interface RepairOutcome {
  /** Copies of what was replaced, beside the ledger. */
  readonly saved: readonly string[];
}

export declare class AssignmentStore {
  readonly sessionName: string;
  readonly path: string;
  get updatedAt(): string;
  get version(): number;
  get generation(): number;
  get health(): LedgerHealth;
  /** Whether there is a ledger on disk. */
  get exists(): boolean;
  assign(
    beadId: string,
    beadTitle: string,
    pane: number,
    agentType: string,
    agentName: string,
    prompt: string,
    paneId?: string,
  ): Promise<Assignment>;
  reassign(
    beadId: string,
    newPane: number,
    newAgentType: string,
    newAgentName: string,
    paneId?: string,
  ): Promise<Assignment>;
  updateStatus(beadId: string, newStatus: AssignmentStatus): Promise<Assignment>;
  markWorking(beadId: string): Promise<Assignment>;
  markCompleted(beadId: string): Promise<Assignment>;
  markFailed(beadId: string, reason: string): Promise<Assignment>;
  retry(beadId: string): Promise<Assignment>;
  remove(beadId: string): Promise<void>;
  clear(): Promise<void>;
  apply(changes: readonly Change[]): Promise<readonly ChangeResult[]>;
  repair(): Promise<RepairOutcome>;
  /** Reads the disk again; rows that didn't change keep their identity (`===`). Listeners are told when anything changed. */
  load(): Promise<void>;
  save(): Promise<void>;
  get(beadId: string): Assignment | undefined;
  list(): Assignment[];
  getAll(): Assignment[];
  listActive(): Assignment[];
  listByPane(pane: number): Assignment[];
  listByStatus(status: AssignmentStatus): Assignment[];
  stats(): AssignmentStats;
  /** Calls the listener after the store's content or health changed, by `load` or by a change; returns the way to stop. */
  subscribe(listener: () => void): () => void;
}

export declare function newStore(sessionName: string, options?: StoreOptions): AssignmentStore;
export declare function loadStore(sessionName: string, options?: StoreOptions): Promise<AssignmentStore>;
