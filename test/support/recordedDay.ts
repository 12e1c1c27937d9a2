// A ledger with rows of a whole day: what the timeline shows before a window has recorded any event.
import { emptyLedger, row, type LedgerContent } from "./foreignSave";

const minuteMs = 60_000;

export interface DayOptions {
  readonly panes: number;
  readonly beads: number;
  readonly hours: number;
}

const agents = ["claude", "codex", "gemini"];
const names = ["GreenCastle", "BlueLake", "RedStone", "SilverRiver", "AmberHill"];

/** The last bead of each pane is still being worked on; of the others every ninth failed. */
export function ledgerOfDay(sessionName: string, { panes, beads, hours }: DayOptions): LedgerContent {
  const content = emptyLedger(sessionName);
  const now = Date.now();
  const perPane = Math.ceil(beads / panes);
  const slotMs = (hours * 60 * minuteMs) / perPane;
  for (let index = 0; index < beads; index++) {
    const [pane, turn] = [index % panes, Math.floor(index / panes)];
    const isLast = index + panes >= beads;
    const start = now - hours * 60 * minuteMs + turn * slotMs + (pane % 7) * minuteMs;
    const end = start + slotMs * (0.4 + (index % 5) * 0.1);
    const isFailed = index % 9 === 4;
    const at = (moment: number): string => new Date(Math.min(moment, now - 1000)).toISOString();
    const ended = isFailed ? { failed_at: at(end), fail_reason: "3 of 214 tests fail" } : { completed_at: at(end) };
    const beadId = `bd-${index.toString(36).padStart(3, "0")}`;
    content.assignments[beadId] = row(beadId, {
      pane,
      occupancy_key: `%${pane}`,
      dispatch_target: `%${pane}`,
      agent_type: agents[pane % agents.length],
      agent_name: names[pane % names.length],
      assigned_at: at(start),
      started_at: at(start + slotMs * 0.05),
      status: isLast ? "working" : isFailed ? "failed" : "completed",
      ...(isLast ? {} : ended),
    });
  }
  return { ...content, updated_at: new Date(now).toISOString() };
}
