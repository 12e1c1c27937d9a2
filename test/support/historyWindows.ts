// Windows that record the history of one ledger, each of which sees some of its saves.
import { Journal } from "../../src/history/journal";
import type { HistoryEvent } from "../../src/history/historyEvent";
import { HistoryRecorder, type LedgerChange, type LedgerView } from "../../src/history/recorder";
import { Emitter } from "../../src/util/event";

const now = (): number => Date.parse("2026-11-24T12:00:00Z");

/** A window: it may miss saves, and be closed and opened again. */
export class Window {
  private readonly changes = new Emitter<LedgerChange>();
  private recorder: HistoryRecorder | undefined;

  constructor(private readonly folder: string) {}

  /** Sees a save. What it tells is written with the next flush. */
  see(view: LedgerView): void {
    if (this.recorder === undefined)
      this.recorder = new HistoryRecorder({ folder: this.folder, now }, this.changes.event, view);
    else this.changes.fire({ after: view });
  }

  async flush(): Promise<void> {
    await this.recorder?.flush();
  }

  async look(view: LedgerView): Promise<void> {
    this.see(view);
    await this.flush();
  }

  async close(): Promise<void> {
    this.recorder?.dispose();
    await this.recorder?.flush();
    this.recorder = undefined;
  }
}

export async function readHistory(folder: string): Promise<readonly HistoryEvent[]> {
  const journal = new Journal(folder, { storageDir: "/sessions", sessionName: "atlas", now });
  await journal.open();
  return journal.history.events;
}
