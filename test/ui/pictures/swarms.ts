// The swarms of the README's pictures, and what their programs say.
import * as fs from "node:fs";
import { emptyLedger, row, saveAsNtm, type LedgerContent } from "../../support/foreignSave";
import type { Home } from "../../support/home";
import { ledgerOfDay } from "../../support/recordedDay";
import type { TrackedBead } from "../../support/trackedProject";

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** Where an agent of the swarm sits. */
function agent(pane: number, type: string, name: string): Record<string, unknown> {
  const paneId = `%${10 + pane}`;
  return { pane, agent_type: type, agent_name: name, occupancy_key: paneId, dispatch_target: paneId };
}

const castle = agent(1, "claude", "GreenCastle");
const lake = agent(2, "codex", "BlueLake");
const stone = agent(3, "gemini", "RedStone");
const claimed = { idempotency_key: "k", claim_actor: "me/atlas", claim_state: "claimed", claimed_at: minutesAgo(4) };

/** In the middle of its work. */
const atlas: readonly Record<string, unknown>[] = [
  row("bd-31b", {
    ...castle,
    bead_title: "Parse quoted identifiers in filters",
    status: "working",
    assigned_at: minutesAgo(14),
    started_at: minutesAgo(12),
  }),
  row("bd-33e", { ...castle, bead_title: "Write the migration for archived orders", assigned_at: minutesAgo(3) }),
  done("bd-17a", "Reject tokens signed with the old key", castle),
  done("bd-1c2", "Show the queue length on the dashboard", castle),
  row("bd-2c8", {
    ...lake,
    bead_title: "Keep the scroll position across refreshes",
    status: "working",
    assigned_at: minutesAgo(190),
    started_at: minutesAgo(187),
  }),
  row("bd-340", {
    ...lake,
    ...claimed,
    bead_title: "Bound the memory of the search index",
    status: "claimed",
    assigned_at: minutesAgo(4),
    dispatch_state: "sending",
    dispatch_attempts: 1,
    dispatch_started_at: minutesAgo(2),
  }),
  done("bd-1d9", "Cache compiled templates per tenant", lake),
  row("bd-2f0", {
    ...stone,
    bead_title: "Retry uploads after a dropped connection",
    status: "failed",
    assigned_at: minutesAgo(41),
    failed_at: minutesAgo(6),
    fail_reason: "tests fail: 3 of 214",
    retry_count: 2,
  }),
];

function done(beadId: string, title: string, where: Record<string, unknown>): Record<string, unknown> {
  const completed = { status: "completed", assigned_at: minutesAgo(95), completed_at: minutesAgo(55) };
  return row(beadId, { ...where, ...completed, bead_title: title });
}

/** What the tracker of atlas says can be started. */
export const readyBeads: readonly TrackedBead[] = [
  { id: "bd-35c", title: "Reject uploads above the tenant's limit", status: "open", priority: 0, labels: ["api"] },
  { id: "bd-342", title: "Show why a report was cancelled", status: "open", priority: 1, labels: ["ui"] },
  { id: "bd-351", title: "Rotate the signing keys every month", status: "open", priority: 1, labels: [] },
  { id: "bd-338", title: "Describe the archive's format", status: "open", priority: 2, labels: ["docs"] },
];

const prompt = [
  "Work on bd-340: Bound the memory of the search index.",
  "",
  "The index keeps every segment that it has ever read. Keep the 64 that were",
  "used last, and release the others. Run the tests when you are done.",
].join("\n");

/** What the pane shows to which ntm was sending when it stopped. */
export const paneOfCodex = [
  ...prompt.split("\n").map((line, index) => (index === 0 ? `› ${line}` : `  ${line}`.trimEnd())),
  "",
  "• I'll look at how the index reads its segments first.",
  "",
  "• Explored",
  "  └ Read segmentCache.ts, searchIndex.ts",
  "",
  "• Working (41s • esc to interrupt)",
].join("\n");

/** ntm stopped while it was sending the prompt to the pane. The session in tmux is older than that. */
function orion(paneId: string): readonly Record<string, unknown>[] {
  const sent = new Date().toISOString();
  const inPane = { ...lake, occupancy_key: paneId, dispatch_target: paneId };
  return [
    row("bd-340", {
      ...inPane,
      ...claimed,
      bead_title: "Bound the memory of the search index",
      status: "claimed",
      assigned_at: sent,
      dispatch_state: "sending",
      dispatch_attempts: 1,
      dispatch_started_at: sent,
      pending_prompt: prompt,
    }),
  ];
}

export function placeAtlas(home: Home): void {
  place(home, "atlas", ledgerOf("atlas", atlas));
}

/** @param paneId of the pane that {@link paneOfCodex} is in */
export function placeOrion(home: Home, paneId: string): void {
  place(home, "orion", ledgerOf("orion", orion(paneId)));
}

/** A day of a larger swarm. */
export function placeHarbor(home: Home): void {
  place(home, "harbor", ledgerOfDay("harbor", { panes: 10, beads: 140, hours: 10 }));
}

function ledgerOf(session: string, rows: readonly Record<string, unknown>[]): LedgerContent {
  const content = emptyLedger(session);
  for (const fields of rows) content.assignments[String(fields["bead_id"])] = fields;
  return content;
}

function place(home: Home, session: string, content: LedgerContent): void {
  fs.mkdirSync(home.sessionFolder(session), { recursive: true });
  saveAsNtm(home.ledgerPath(session), content);
}
