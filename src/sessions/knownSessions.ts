// All sessions with what is known of each: the active one as it is shown, the others as their ledgers are on disk.
import type { ActiveSession } from "../session/activeSession";
import { SessionSummaries } from "../session/sessionSummary";
import type { KnownSession } from "./tree";

export class KnownSessions {
  private summaries: SessionSummaries | undefined;

  constructor(private readonly session: ActiveSession) {}

  /** With what can be had without reading a ledger. */
  get known(): readonly KnownSession[] {
    const { list, snapshot, pinned } = this.session;
    return (list?.entries ?? []).map((entry) => {
      const isActive = entry.sessionName === snapshot?.sessionName;
      const kept = isActive ? snapshot : this.summaries?.kept(entry.sessionName);
      const isPinned = entry.sessionName === pinned;
      return { entry, stats: kept?.stats, health: kept?.health, isActive, isPinned };
    });
  }

  /** Reads the ledgers that changed since. */
  async read(): Promise<readonly KnownSession[]> {
    const { list, snapshot, storageDir } = this.session;
    if (this.summaries?.storageDir !== storageDir) this.summaries = new SessionSummaries(storageDir);
    const others = (list?.entries ?? []).filter(({ sessionName }) => sessionName !== snapshot?.sessionName);
    await this.summaries.read(others);
    return this.known;
  }
}
