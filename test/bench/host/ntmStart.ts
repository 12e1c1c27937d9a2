// The time from a command of the extension to the start of ntm.
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { commandId } from "../../../src/contributions";
import { activated, rowNode } from "../../host/activated";
import { LedgerStage } from "../../host/ledgerStage";
import { claimedRow, NtmStage } from "../../host/ntmStage";
import { eventually } from "../../support/eventually";
import { percentile, type Line } from "../line";

const count = 21;

/** Empty without tmux. The first command, which loads the code, isn't included. */
export async function measureNtmStart(): Promise<readonly Line[]> {
  if (!NtmStage.isPossible) return [];
  const internals = await activated();
  const failed = { status: "failed", failed_at: "2026-11-22T11:00:00Z", fail_reason: "tests fail" };
  const ledger = await LedgerStage.ofRows(internals, [claimedRow("bd-1", failed)]);
  const stage = new NtmStage();
  try {
    stage.live(ledger);
    const started = path.join(stage.project.path, "started");
    fs.writeFileSync(stage.ntm.program, script(started, ledger.sessionName), { mode: 0o755 });
    const times: number[] = [];
    for (let index = 0; index < count; index++) {
      const clickedAt = performance.timeOrigin + performance.now();
      await vscode.commands.executeCommand(commandId("retry"), rowNode("bd-1"));
      times.push(Number(fs.readFileSync(started, "utf8")) / 1e6 - clickedAt);
      await eventually(() => {
        if (internals.activities.of(ledger.sessionName, "bd-1") !== undefined) throw new Error("the row is busy");
      });
    }
    const later = times.slice(1);
    return [
      { name: "command to the start of ntm", unit: "ms", value: percentile(later, 0.5) },
      { name: "  p95", unit: "ms", value: percentile(later, 0.95) },
    ];
  } finally {
    stage.remove();
    ledger.remove();
  }
}

/** A shell script that writes the time of its start, and prints what ntm prints after a retry. */
function script(file: string, session: string): string {
  const retried = { bead_id: "bd-1", pane: 0, agent_type: "claude", status: "assigned", retry_count: 1 };
  const data = { retried: [retried], skipped: [], summary: { total_failed: 1, retried_count: 1, skipped_count: 0 } };
  const answer = { command: "assign", subcommand: "retry", session, success: true, data, warnings: [] };
  return `#!/bin/sh\n[ "$1" = assign ] && date +%s%N > '${file}'\necho '${JSON.stringify(answer)}'\n`;
}
