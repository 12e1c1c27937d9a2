// Who plays in the swarm, and at what.

export interface SwarmAgent {
  readonly name: string;
  readonly type: string;
  /** tmux's index, which repeats across windows, and its identity. */
  readonly pane: number;
  readonly paneId: string;
  /**
   * What is special about it where it lives in a pane: it `asks` for permission now and then, it `leaves` after a while, with
   * its row still in flight, or it is `spare`: there, and without a bead.
   */
  readonly part?: "asks" | "leaves" | "spare";
}

export interface SwarmSession {
  readonly name: string;
  /** 9: as ntm 1.20 and later leaves it; 1: as the releases before it did. */
  readonly schema: 1 | 9;
  readonly agents: readonly SwarmAgent[];
}

export const swarmSessions: readonly SwarmSession[] = [
  {
    name: "atlas",
    schema: 9,
    agents: [
      { name: "GreenCastle", type: "claude", pane: 1, paneId: "%11" },
      { name: "BlueLake", type: "codex", pane: 2, paneId: "%12", part: "asks" },
      { name: "RedStone", type: "gemini", pane: 3, paneId: "%13" },
      { name: "QuietHarbor", type: "claude", pane: 1, paneId: "%21", part: "leaves" },
    ],
  },
  {
    name: "atlas--docs",
    schema: 9,
    agents: [{ name: "PurpleBear", type: "claude", pane: 1, paneId: "%31" }],
  },
  {
    name: "ferry",
    schema: 1,
    agents: [
      { name: "SilverFox", type: "codex", pane: 1, paneId: "%41" },
      { name: "AmberHill", type: "claude", pane: 2, paneId: "%42" },
    ],
  },
];

export const beadTitles: readonly string[] = [
  "Parse quoted identifiers in filters",
  "Retry uploads after a dropped connection",
  "Keep the scroll position across refreshes",
  "Reject tokens signed with the old key",
  "Write the migration for archived orders",
  "Cover the importer with property tests",
  "Show the queue length on the dashboard",
  "Cache compiled templates per tenant",
  "Explain rate limits in the API guide",
  "Fix the off-by-one in weekly totals",
  "Stream large exports instead of buffering",
  "Drop the dependency on the legacy mailer",
  "Translate the empty states",
  "Time out health checks after two seconds",
  "Merge duplicate contacts on import",
  "Record who approved a refund",
  "Split the settings page by audience",
  "Bound the memory of the search index",
  "Name the failing row in validation errors",
  "Rotate the audit log every week",
];

export const failReasons: readonly string[] = [
  "Tests fail: 3 of 214",
  "The build needs a newer compiler",
  "Out of context before the refactoring was done",
  "Merge conflict in the lock file",
  "exit 137: killed",
];
