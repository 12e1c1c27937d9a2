// Reports the result of a job of ntm: for one bead its reason and the buttons that can help, for several a summary.
import * as vscode from "vscode";
import { wayOut, type WayOut } from "../../ntm/outcome";
import type { Override } from "../../ntm/commandLine";
import { type Explanation, sanitize } from "../../messages";
import {
  changedExplanation,
  doneSentence,
  failureExplanation,
  overrideButton,
  overrideQuestion,
  refusalExplanation,
  type NtmRefusal,
} from "../../messages/ntmOutcome";
import { commandId } from "../../contributions";
import { confirm } from "../input/confirm";
import { showMessage, type Button } from "../../views/showMessage";
import { unquotableExplanation } from "./copyCommandLine";
import type { Services } from "../../services";
import type { NtmBeadResult, NtmBead, NtmJob } from "./job";
import { askPane, findPaneOptions } from "../input/panePicker";
import type { NtmTask } from "../../session/rowActivity";
import type { SessionSnapshot } from "../../session/sessionSnapshot";
import type { LivePanes } from "../../views/panes/livePanes";

/** Does the job, changed by what the user chose. */
export type Again = (job: NtmJob) => Promise<void>;

/** As many reasons as fit into a message; the log has all of them. */
const maxReasons = 2;

/** @param results with at least one that isn't done */
export function reportResults(services: Services, job: NtmJob, results: readonly NtmBeadResult[], again: Again): void {
  const { log } = services;
  const others = results.filter(({ end }) => end.kind !== "done");
  const explained = others.map((result) => ({ result, explanation: explanationOf(result) }));
  const [first] = explained;
  if (first === undefined) return;
  for (const { result, explanation } of explained) {
    log.warn(`${sanitize(result.beadId)}: ${explanation.sentence} ${explanation.next}`);
  }
  if (results.length === 1) {
    const { sentence, next } = first.explanation;
    showMessage(log, "warning", `${sentence} ${next}`, ...buttonsOf(services, job, others, again));
    return;
  }
  const done = results.filter(({ end }) => end.kind === "done").map(({ beadId }) => beadId);
  // A call with a list fails as a whole.
  const sentences = [...new Set(explained.map(({ explanation }) => explanation.sentence))];
  const reasons = sentences.slice(0, maxReasons);
  const rest = sentences.length - reasons.length;
  if (rest > 0) reasons.push(vscode.l10n.t("{0} more in the log.", rest));
  const summary = [doneSentence(job.task, done), vscode.l10n.t("Not done: {0}.", others.length), ...reasons];
  showMessage(
    log,
    "warning",
    summary.filter((part) => part !== "").join(" "),
    ...buttonsOf(services, job, others, again),
    showLog(services),
  );
}

function explanationOf({ beadId, end }: NtmBeadResult): Explanation {
  switch (end.kind) {
    case "done":
      return { sentence: "", next: "" };
    case "refused":
      return refusalExplanation(beadId, end.refusal);
    case "failed":
      return failureExplanation(beadId, end.error);
    case "changed":
      return changedExplanation(beadId, end.seen, end.now);
    case "unquotable":
      return unquotableExplanation(end.error);
    case "busy":
      return {
        sentence: vscode.l10n.t("ntm is already working on {0}.", sanitize(beadId)),
        next: vscode.l10n.t("Wait until it has finished."),
      };
    case "not-started":
      return {
        sentence: vscode.l10n.t("{0} was left as it is, because you canceled.", sanitize(beadId)),
        next: vscode.l10n.t("The list shows the current state."),
      };
  }
}

/** For several beads, the way out that all refusals have in common. */
function buttonsOf(services: Services, job: NtmJob, others: readonly NtmBeadResult[], again: Again): readonly Button[] {
  const refused = others.flatMap(({ beadId, row, end }) =>
    end.kind === "refused" ? [{ bead: { beadId, row }, refusal: end.refusal }] : [],
  );
  const [first] = refused;
  if (first === undefined) return others.length === 1 && others[0]?.end.kind === "failed" ? [showLog(services)] : [];
  const way = wayOut(first.refusal);
  if (!refused.every(({ refusal }) => wayOut(refusal) === way)) return [];
  const beads = refused.map(({ bead }) => bead);
  const override = overrides[way];
  if (override !== undefined) {
    return job.overrides?.includes(override) === true ? [] : [overrideAgain(job, beads, override, again)];
  }
  return refused.length > 1 ? [] : buttonFor(services, job, first.bead, first.refusal, way, again);
}

const overrides: Readonly<Partial<Record<WayOut, Override>>> = {
  "try-again-force": "force",
  "without-reservations": "without-reservations",
  "ignore-dependencies": "ignore-dependencies",
};

function overrideAgain(job: NtmJob, beads: readonly NtmBead[], override: Override, again: Again): Button {
  return {
    title: overrideButton(override),
    run: async () => {
      const { question, consequence, button } = overrideQuestion(
        override,
        beads.map(({ beadId }) => beadId),
      );
      if (!(await confirm(question, [consequence], button))) return;
      await again({ ...(await afterRefusal(job, beads)), overrides: [...(job.overrides ?? []), override] });
    },
  };
}

/** A refused step may have left traces in the rows. */
async function afterRefusal(job: NtmJob, beads: readonly NtmBead[]): Promise<NtmJob> {
  await job.store.load();
  return { ...job, beads: beads.map(({ beadId, row }) => ({ beadId, row: row && (job.store.get(beadId) ?? row) })) };
}

function buttonFor(
  { session, view, panes }: Services,
  job: NtmJob,
  bead: NtmBead,
  { details }: NtmRefusal,
  way: WayOut,
  again: Again,
): readonly Button[] {
  switch (way) {
    case "show-owner": {
      const owner =
        details.owner?.beadId ??
        session.snapshot?.rows.find((row) => details.claimedBy !== undefined && row.claim_actor === details.claimedBy)
          ?.bead_id;
      if (owner === undefined || session.snapshot?.get(owner) === undefined) return [];
      return [{ title: vscode.l10n.t("Show Owner"), run: () => view.reveal(owner) }];
    }
    case "resolve-dispatch": {
      const node = { kind: "row", id: `row:${bead.beadId}`, beadId: bead.beadId };
      const run = (): PromiseLike<unknown> => vscode.commands.executeCommand(commandId("resolveDispatch"), node);
      return [{ title: vscode.l10n.t("Resolve…"), run }];
    }
    case "choose-pane":
      if (job.task === "clear") return [];
      return [
        {
          title: vscode.l10n.t("Choose Another Pane…"),
          run: async () => {
            const paneId = await askTargetPane(panes, job.store.sessionName, session.snapshot, job.task);
            if (paneId !== undefined) await again({ ...(await afterRefusal(job, [bead])), paneId });
          },
        },
      ];
    case "try-again-force":
    case "without-reservations":
    case "ignore-dependencies":
    case "none":
      return [];
  }
}

function showLog({ log }: Services): Button {
  return {
    title: vscode.l10n.t("Show Log"),
    run: () => {
      log.show();
      return Promise.resolve();
    },
  };
}

/** @returns `%N`; `undefined`: the user canceled */
async function askTargetPane(
  livePanes: LivePanes,
  sessionName: string,
  snapshot: SessionSnapshot | undefined,
  task: NtmTask,
): Promise<string | undefined> {
  const title = task === "retry" ? vscode.l10n.t("Retry in a Pane") : vscode.l10n.t("Choose a Pane");
  const panes = await findPaneOptions(livePanes, sessionName, snapshot, true);
  const pane = await askPane({ title, step: 1, totalSteps: 1 }, panes);
  return typeof pane === "object" ? pane.paneId : undefined;
}
