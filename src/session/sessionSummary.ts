// Counts of sessions, for lists. A ledger is read again only if its files changed.
import * as path from "node:path";
import { loadStore, type AssignmentStats, type LedgerHealth } from "../assignment";
import { ledgerSignature } from "./ledgerFollower";
import type { SessionEntry } from "./sessionList";

export interface SessionSummary {
  readonly stats: AssignmentStats;
  readonly health: LedgerHealth;
}

export class SessionSummaries {
  private readonly summaries = new Map<string, SessionSummary & { readonly signature: string }>();

  constructor(readonly storageDir: string) {}

  kept(sessionName: string): SessionSummary | undefined {
    return this.summaries.get(sessionName);
  }

  /**
   * Reads the ledgers one after the other, so that two hundred of them are never in memory at once; drops all others.
   */
  async read(entries: readonly SessionEntry[]): Promise<void> {
    const legal = entries.filter(({ problem }) => problem?.kind !== "illegal-name");
    for (const entry of legal) await this.readOne(entry);
    const names = new Set(legal.map(({ sessionName }) => sessionName));
    for (const name of this.summaries.keys()) if (!names.has(name)) this.summaries.delete(name);
  }

  private async readOne({ sessionName, folder }: SessionEntry): Promise<void> {
    const signature = await ledgerSignature(path.join(folder, "assignments.json"));
    if (this.summaries.get(sessionName)?.signature === signature) return;
    const store = await loadStore(sessionName, { storageDir: this.storageDir });
    this.summaries.set(sessionName, { stats: store.stats(), health: store.health, signature });
  }
}
