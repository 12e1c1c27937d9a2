// Counts of sessions, for lists. A ledger is read again only if its files changed.
import * as path from "node:path";
import { loadStore, type Assignment, type AssignmentStats, type LedgerHealth } from "../assignment";
import { ledgerSignature } from "./ledgerFollower";
import type { SessionEntry } from "./sessionList";

export interface SessionSummary {
  readonly stats: AssignmentStats;
  readonly health: LedgerHealth;
  readonly failed: readonly Assignment[];
}

/** Beads that failed since a session's ledger was read before. */
export interface SessionFailures {
  readonly sessionName: string;
  readonly rows: readonly Assignment[];
}

export class SessionSummaries {
  private readonly summaries = new Map<string, SessionSummary & { readonly signature: string }>();

  constructor(readonly storageDir: string) {}

  kept(sessionName: string): SessionSummary | undefined {
    return this.summaries.get(sessionName);
  }

  /**
   * Reads the ledgers one after the other, so that two hundred of them are never in memory at once; drops all others.
   * @param isWanted which of them are read; the others are kept as they were
   * @returns what failed since each of them was read before
   */
  async read(
    entries: readonly SessionEntry[],
    isWanted: (entry: SessionEntry) => boolean = () => true,
  ): Promise<readonly SessionFailures[]> {
    const legal = entries.filter(({ problem }) => problem?.kind !== "illegal-name");
    const failures: SessionFailures[] = [];
    for (const entry of legal) {
      const rows = isWanted(entry) ? await this.readOne(entry) : [];
      if (rows.length > 0) failures.push({ sessionName: entry.sessionName, rows });
    }
    const names = new Set(legal.map(({ sessionName }) => sessionName));
    for (const name of this.summaries.keys()) if (!names.has(name)) this.summaries.delete(name);
    return failures;
  }

  private async readOne({ sessionName, folder }: SessionEntry): Promise<readonly Assignment[]> {
    const signature = await ledgerSignature(path.join(folder, "assignments.json"));
    const before = this.summaries.get(sessionName);
    if (before?.signature === signature) return [];
    const store = await loadStore(sessionName, { storageDir: this.storageDir });
    const failed = store.listByStatus("failed");
    this.summaries.set(sessionName, { stats: store.stats(), health: store.health, failed, signature });
    if (before?.health.kind !== "ok" || store.health.kind !== "ok") return [];
    const known = new Set(before.failed.map(failureOf));
    return failed.filter((row) => !known.has(failureOf(row)));
  }
}

/** A bead that fails again after a retry is another failure. */
function failureOf({ bead_id: beadId, assigned_at: assignedAt, failed_at: failedAt }: Assignment): string {
  return JSON.stringify([beadId, assignedAt, failedAt]);
}
