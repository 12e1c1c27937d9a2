// All sessions with their counts: of the active one from its snapshot, of the others from their ledgers on disk.
import type { ActiveSession } from "../session/activeSession";
import { SessionSummaries } from "../session/sessionSummary";
import type { LivePanes } from "../panes/livePanes";
import type { KnownSession } from "./sessionsTree";

export class KnownSessions {
  private summaries: SessionSummaries | undefined;

  constructor(
    private readonly session: ActiveSession,
    private readonly panes: Pick<LivePanes, "current">,
  ) {}

  /** Without reading a ledger. */
  get known(): readonly KnownSession[] {
    const { list, snapshot, pinned } = this.session;
    const inTmux = this.panes.current.lives?.sessionNames;
    return (list?.entries ?? []).map((entry) => {
      const isActive = entry.sessionName === snapshot?.sessionName;
      const kept = isActive ? snapshot : this.summaries?.kept(entry.sessionName);
      const isPinned = entry.sessionName === pinned;
      return {
        entry,
        stats: kept?.stats,
        health: kept?.health,
        isActive,
        isPinned,
        isInTmux: inTmux?.has(entry.sessionName),
      };
    });
  }

  /** Reads the ledgers that changed. */
  async read(): Promise<readonly KnownSession[]> {
    const { list, snapshot, storageDir } = this.session;
    if (this.summaries?.storageDir !== storageDir) this.summaries = new SessionSummaries(storageDir);
    const others = (list?.entries ?? []).filter(({ sessionName }) => sessionName !== snapshot?.sessionName);
    await this.summaries.read(others);
    return this.known;
  }
}
