// Resolves a dispatch whose outcome ntm doesn't know: shows the pane, asks the user what it shows, records the answer, and offers
// to go on with ntm.
import * as vscode from "vscode";
import { DispatchActivity, type Assignment, type Change, type DispatchOutcome } from "../../assignment";
import type { CommandHandlers } from "../../contributions";
import { sanitize } from "../../text";
import { showMessage, type Button } from "../messages";
import { runRowAction, type Done, type RowAction } from "../rowAction";
import type { RowSelection } from "../rowSelection";
import { reportErrors } from "../reportErrors";
import type { Services } from "../services";
import { DispatchDocuments } from "./dispatchDocuments";
import { beadsOf, release } from "./ntmRows";
import { runJob } from "./runJob";

export class ResolveDispatch implements vscode.Disposable {
  private readonly documents = new DispatchDocuments();

  readonly handlers: CommandHandlers<"resolveDispatch"> = {
    resolveDispatch: (...args) => runRowAction(this.services, this.action, args),
  };

  constructor(private readonly services: Services) {}

  dispose(): void {
    this.documents.dispose();
  }

  private get action(): RowAction {
    return {
      step: "resolveDispatch",
      title: vscode.l10n.t("Resolve Dispatch…"),
      createChanges: async (rows, selection) => {
        const changes: Change[] = [];
        for (const row of rows) {
          const outcome = await this.ask(row, selection);
          if (outcome === undefined) return undefined;
          changes.push({ kind: "resolveDispatch", beadId: row.bead_id, outcome, observed: row });
        }
        return changes;
      },
      summary: (count) =>
        count === 1 ? vscode.l10n.t("1 dispatch was resolved.") : vscode.l10n.t("{0} dispatches were resolved.", count),
      afterwards: (done, selection) => {
        this.offerNext(done, selection);
      },
    };
  }

  /** `undefined`: the user doesn't know, or ntm is sending the prompt right now. */
  private async ask(row: Assignment, { store }: RowSelection): Promise<DispatchOutcome | undefined> {
    const bead = sanitize(row.bead_id);
    if (await isUnderWay(store.path, row)) {
      showMessage(
        this.services.log,
        "information",
        vscode.l10n.t("ntm is sending the prompt of {0} right now. Wait until it has finished.", bead),
      );
      return undefined;
    }
    await this.documents.show(store.sessionName, row);
    const items: readonly (vscode.QuickPickItem & { readonly outcome: DispatchOutcome })[] = [
      {
        outcome: "arrived",
        label: vscode.l10n.t("It arrived"),
        detail: vscode.l10n.t("The pane shows the prompt, or the agent works on it. The bead becomes assigned."),
      },
      {
        outcome: "lost",
        label: vscode.l10n.t("It didn't arrive"),
        detail: vscode.l10n.t("The pane doesn't show it. ntm can then send it again, or release the bead."),
      },
    ];
    const chosen = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t("Did the prompt of {0} arrive in pane {1}?", bead, row.pane),
      placeHolder: vscode.l10n.t("Compare the pane with the prompt"),
      // The user scrolls in the pane's text meanwhile.
      ignoreFocusOut: true,
    });
    return chosen?.outcome;
  }

  private offerNext(done: readonly Done[], selection: RowSelection): void {
    const rows = done.flatMap(({ row }) => row ?? []);
    const [first] = rows;
    if (first === undefined) return;
    const lost = rows.filter(({ status }) => status === "claimed");
    const sentence =
      rows.length > 1
        ? vscode.l10n.t("{0} dispatches were resolved.", rows.length)
        : lost.length === 0
          ? vscode.l10n.t("{0} is assigned: its prompt arrived.", sanitize(first.bead_id))
          : vscode.l10n.t("The prompt of {0} didn't arrive. ntm can send it again.", sanitize(first.bead_id));
    const buttons = [this.button(vscode.l10n.t("Release"), () => release(this.services, selection, rows))];
    if (lost.length > 0) {
      const retry = { store: selection.store, task: "retry", beads: beadsOf(lost) } as const;
      buttons.unshift(this.button(vscode.l10n.t("Retry"), () => runJob(this.services, retry)));
    }
    showMessage(this.services.log, "information", sentence, ...buttons);
  }

  private button(title: string, work: () => Promise<unknown>): Button {
    const run = (): Promise<void> =>
      reportErrors(this.services, async () => {
        await work();
      });
    return { title, run };
  }
}

/** One look suffices for a lock that is taken. */
async function isUnderWay(ledgerPath: string, row: Assignment): Promise<boolean> {
  const activity = new DispatchActivity(ledgerPath);
  activity.update({ gone: [], come: [row] });
  await activity.look();
  return activity.of(row.bead_id)?.kind === "under-way";
}
