// Tells of what other processes did to beads of the shown session: one message for a burst of changes.
import * as vscode from "vscode";
import { ntmVerbs, possibleSteps, type Assignment } from "./assignment";
import { say, type Button } from "./actions/report";
import type { Services } from "./actions/services";
import type { RowNode } from "./beads/nodes";
import { commandId, type Settings } from "./contributions";
import type { SessionChange } from "./session/activeSession";
import { movedRows } from "./session/moves";
import { Burst } from "./util/burst";
import type { Disposable } from "./util/event";
import { plain } from "./words";

/** A swarm that fails, fails within seconds. */
const quietMs = 1000;
const longestMs = 5000;

/** What is worth a message, by the setting. */
const told: Readonly<Record<Settings["notifications"], readonly string[]>> = {
  off: [],
  failed: ["failed"],
  all: ["failed", "completed", "assigned"],
};

export class Notifications implements Disposable {
  private readonly burst = new Burst<string>(
    (beadIds) => {
      this.tell(new Set(beadIds));
    },
    quietMs,
    longestMs,
  );
  private readonly subscription: Disposable;

  constructor(
    private readonly services: Services,
    private readonly setting: () => Settings["notifications"],
  ) {
    this.subscription = services.session.onDidChange((change) => {
      this.gather(change);
    });
  }

  dispose(): void {
    this.subscription.dispose();
    this.burst.dispose();
  }

  private gather({ before, after }: SessionChange): void {
    if (before?.path !== after?.path) this.burst.drop();
    if (before === undefined || after === undefined || this.setting() === "off") return;
    this.burst.add(movedRows(before, after).map((row) => row.bead_id));
  }

  /** Only what is still so: a bead that failed and was retried within the burst needs nobody. */
  private tell(beadIds: ReadonlySet<string>): void {
    const { session, ownRows, log } = this.services;
    const rows = [...beadIds]
      .flatMap((beadId) => session.snapshot?.get(beadId) ?? [])
      // Asked this late because a change is shown before whoever made it is told that it is done.
      .filter((row) => told[this.setting()].includes(row.status) && !ownRows.has(row));
    if (rows.length === 0) return;
    const failed = rows.filter(({ status }) => status === "failed");
    say(log, failed.length > 0 ? "warning" : "information", message(rows), ...this.buttons(rows, failed));
  }

  private buttons(rows: readonly Assignment[], failed: readonly Assignment[]): readonly Button[] {
    const [first] = failed.length > 0 ? failed : rows;
    if (first === undefined) return [];
    const show = { title: vscode.l10n.t("Show"), run: () => this.services.view.reveal(first.bead_id) };
    return failed.length === 0 ? [show] : [show, { title: vscode.l10n.t("Retry"), run: () => this.retry(failed) }];
  }

  /** What only ntm can retry is left to ntm. */
  private retry(failed: readonly Assignment[]): Thenable<unknown> {
    const schema = this.services.session.snapshot?.schema ?? 1;
    const isForNtm = failed.every(
      (row) => !possibleSteps(row, schema).includes("retry") && ntmVerbs(row).includes("retry"),
    );
    const nodes = failed.map(({ bead_id: beadId }): RowNode => ({ kind: "row", id: `row:${beadId}`, beadId }));
    return vscode.commands.executeCommand(commandId(isForNtm ? "runNtmCommand" : "retry"), nodes[0], nodes);
  }
}

function message(rows: readonly Assignment[]): string {
  const [first] = rows;
  if (rows.length === 1 && first !== undefined) return messageOfOne(first);
  const count = (status: string): number => rows.filter((row) => row.status === status).length;
  const [failed, completed, assigned] = [count("failed"), count("completed"), count("assigned")];
  const parts = [
    failed === 0 ? "" : vscode.l10n.t("failed: {0}", failed),
    completed === 0 ? "" : vscode.l10n.t("completed: {0}", completed),
    assigned === 0 ? "" : vscode.l10n.t("assigned: {0}", assigned),
  ];
  const named = rows.slice(0, 3).map((row) => plain(row.bead_id, 30));
  const names = named.length < rows.length ? [...named, "…"] : named;
  return vscode.l10n.t("Beads {0} ({1})", parts.filter((part) => part !== "").join(", "), names.join(", "));
}

function messageOfOne(row: Assignment): string {
  const bead = plain(`${row.bead_id} ${row.bead_title}`, 60);
  switch (row.status) {
    case "failed": {
      const reason = plain(row.fail_reason ?? row.claim_error ?? row.last_dispatch_error ?? "", 120);
      return reason === "" ? vscode.l10n.t("{0} failed.", bead) : vscode.l10n.t("{0} failed: {1}", bead, reason);
    }
    case "completed":
      return vscode.l10n.t("{0} is completed.", bead);
    default:
      return vscode.l10n.t("{0} was assigned to pane {1}.", bead, row.pane);
  }
}
