// Panes as tmux lists them, and rows and panes of a ledger to join them with.
import * as fc from "fast-check";
import type { Assignment } from "../../src/assignment";
import type { LedgerPane } from "../../src/tmux/joinPanes";
import type { PaneOptions, TmuxPane } from "../../src/tmux/paneFormat";
import { row } from "./foreignSave";

/** When the session of these tests was created. */
export const created = Date.UTC(2026, 10, 22, 9);
export const minute = 60_000;

export const noOptions: PaneOptions = {
  "@ntm_assignments_state": "",
  "@ntm_assignments_reason": "",
  "@pane_status": "",
  "@pane_attention": "",
  "@pane_wait_reason": "",
  "@pane_started_at": "",
  "@ntm_assignments_turn": "",
  "@ntm_agent_type": "",
  "@ntm_agent_mail_name": "",
  "@ntm_service": "",
  "@acfs_service": "",
};

/** The pane `%N` of session `s`, in which Claude Code runs. */
export function tmuxPane(number: number, fields: Partial<TmuxPane> = {}): TmuxPane {
  return {
    sessionName: "s",
    sessionCreated: created,
    windowId: "@0",
    window: 0,
    paneId: `%${number}`,
    index: number,
    pid: 1000 + number,
    serverPid: 999,
    isDead: false,
    command: "claude",
    title: `s__cc_${number}`,
    options: noOptions,
    ...fields,
  };
}

/** What the agent of a pane says through its hooks. */
export function saying(state: string, at: number, text = ""): Pick<TmuxPane, "options"> {
  const value = `${state} ${Math.floor(at / 1000)}`;
  return { options: { ...noOptions, "@ntm_assignments_state": value, "@ntm_assignments_reason": text } };
}

/** A row of pane `%N`. @param time of its assignment, in milliseconds since 1970 */
export function rowIn(number: number, beadId: string, time: number, fields: Record<string, unknown> = {}): Assignment {
  const assigned_at = new Date(time).toISOString();
  const occupancy_key = `%${number}`;
  return row(beadId, { pane: number, occupancy_key, assigned_at, ...fields }) as unknown as Assignment;
}

/** The panes of a ledger with these rows. */
export function ledgerPanes(...rows: readonly Assignment[]): LedgerPane[] {
  const groups = new Map<string | undefined, Assignment[]>();
  for (const one of rows) groups.set(one.occupancy_key, [...(groups.get(one.occupancy_key) ?? []), one]);
  return [...groups].map(([paneId, all]) => ({ paneId, agentType: all.at(-1)!.agent_type, rows: all }));
}

/** What an agent may put into a title or an option: controls, escapes, wide and combining characters, tmux's own syntax. */
export const hostileText = fc.string({
  unit: fc.constantFrom(
    ...Array.from("aZ09 -_%@#{}:;,=$\\\"'`é漢🧵\u0301\u200d\u202e\ufffd"),
    ...["\u0000", "\u0007", "\t", "\n", "\r", "\u001b", "\u007f", "\u009b", "\u2028", "\ud800"],
    ...["\n%9\t", "#{pane_id}", "#[fg=red]", "\u001b[31m", "waiting ", "permission ", "1795645948"],
  ),
});
