// Resolves a dispatch whose outcome ntm doesn't know: shows the pane, asks the user what it shows, records the answer, and offers
// to go on with ntm.
import * as vscode from "vscode";
import {
  DispatchActivity,
  type Assignment,
  type Change,
  type DispatchOutcome,
  epochMilliseconds,
  paneId,
} from "../../assignment";
import type { CommandHandlers } from "../../contributions";
import { sanitize } from "../../messages";
import { capturePane, listPanes, TmuxError } from "../../tmux";
import { tmuxOptions } from "../../views/panes/findPane";
import type { Done } from "../applyChanges";
import { runRowAction, type RowAction } from "../changeRows";
import { confirm } from "../input/confirm";
import { showMessage, type Button } from "../../views/showMessage";
import { reportErrors } from "../../views/reportErrors";
import type { RowSelection } from "../selection";
import type { Services } from "../../services";
import { beadsOf, release } from "./rows";
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
      summary: ({ length: count }) =>
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
    if (chosen?.outcome === "lost" && !(await this.acceptsMailRisk(row, bead))) return undefined;
    return chosen?.outcome;
  }

  /** ntm's coordinator sends to a name, by Agent Mail: an empty pane doesn't prove that the prompt didn't arrive. */
  private async acceptsMailRisk(row: Assignment, bead: string): Promise<boolean> {
    const name = row.agent_name?.trim() ?? "";
    if (name === "") return true;
    const elsewhere = this.services.panes.current.lives?.panes.find(
      (pane) => pane.mailName === name && pane.paneId !== paneId(row),
    );
    const agent = sanitize(name, 40);
    const mailbox =
      elsewhere === undefined
        ? vscode.l10n.t(
            "If it was sent by Agent Mail, it waits in the mailbox of {0}, even if the pane is empty.",
            agent,
          )
        : vscode.l10n.t(
            "If it was sent by Agent Mail, it waits in the mailbox of {0}, which is the agent in pane {1} ({2}).",
            agent,
            elsewhere.index,
            elsewhere.paneId,
          );
    const risk = vscode.l10n.t("Sending it again can then start the bead twice.");
    const question = vscode.l10n.t("Record that the prompt of {0} didn't arrive?", bead);
    return confirm(question, [mailbox, risk], vscode.l10n.t("It Didn't Arrive"));
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

/** One check suffices for a lock that is taken. */
async function isUnderWay(ledgerPath: string, row: Assignment): Promise<boolean> {
  const activity = new DispatchActivity(ledgerPath);
  activity.update([row]);
  await activity.checkLocks();
  return activity.of(row.bead_id)?.kind === "under-way";
}

const scheme = "ntm-assignments-dispatch";

/** Empty lines at the top: the question is shown above the editor's first lines, and a short text can't be scrolled away from it. */
const linesUnderQuestion = 6;

class DispatchDocuments implements vscode.Disposable {
  /** By URI. A document of a bead that is asked about again is made anew. */
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registrations = vscode.Disposable.from(
    this.changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.changed.event,
      provideTextDocumentContent: (uri) =>
        this.texts.get(uri.toString()) ?? vscode.l10n.t("Resolve the dispatch again to see the pane."),
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
  );

  /** Shows the end of the pane; the focus stays where it is. */
  async show(sessionName: string, row: Assignment): Promise<void> {
    const name = sanitize(row.bead_id, 60).replaceAll(/[/\\]/g, "_");
    const title = vscode.l10n.t("Dispatch of {0}", name);
    const query = JSON.stringify({ sessionName, beadId: row.bead_id });
    const uri = vscode.Uri.from({ scheme, path: `/${title}.txt`, query });
    this.texts.set(uri.toString(), await dispatchText(sessionName, row));
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true });
    const end = document.lineAt(document.lineCount - 1).range;
    editor.revealRange(end, vscode.TextEditorRevealType.Default);
  }

  dispose(): void {
    this.registrations.dispose();
  }
}

async function dispatchText(sessionName: string, row: Assignment): Promise<string> {
  const prompt = row.pending_prompt ?? row.prompt_sent ?? "";
  return [
    ...Array.from({ length: linesUnderQuestion }, () => ""),
    vscode.l10n.t("The prompt that ntm was sending:"),
    "",
    prompt === "" ? vscode.l10n.t("(not in the ledger)") : prompt,
    "",
    "─".repeat(40),
    ...(await paneText(sessionName, row)),
  ].join("\n");
}

/** Never throws for what tmux says: the user can also check the terminal. */
async function paneText(sessionName: string, row: Assignment): Promise<readonly string[]> {
  const id = paneId(row);
  if (id === undefined) return [vscode.l10n.t("The row names no tmux pane.")];
  const list = await listPanes(tmuxOptions());
  if (list.kind !== "panes") return [vscode.l10n.t("tmux can't show the content of pane {0}.", id)];
  const pane = list.panes.find((candidate) => candidate.paneId === id && candidate.sessionName === sessionName);
  if (pane === undefined) return [vscode.l10n.t("Pane {0} isn't there any more.", id)];
  // Pane ids begin again with every tmux server.
  const sentAt = epochMilliseconds(row.dispatch_started_at ?? row.assigned_at);
  if (sentAt !== undefined && pane.sessionCreated > sentAt) {
    return [vscode.l10n.t("The session was started after the prompt was sent: pane {0} is a different pane now.", id)];
  }
  try {
    const shown = await capturePane(id, tmuxOptions());
    return [vscode.l10n.t("Pane {0} as tmux shows it at {1}:", id, new Date().toLocaleTimeString()), "", shown];
  } catch (error) {
    if (!(error instanceof TmuxError)) throw error;
    return [vscode.l10n.t("tmux can't show the content of pane {0}.", id), error.message];
  }
}
