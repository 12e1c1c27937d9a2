// Runs ntm for some beads, with all that the user sees of it: marks on the rows, progress, and one sentence at the end.
import * as vscode from "vscode";
import { doneSentence, taskTitle } from "../../text/ntmOutcome";
import { sanitize } from "../../text";
import { showExplanation, showMessage } from "../messages";
import { typedLines, unquotableExplanation } from "../ntmCommands";
import { reportErrors } from "../reportErrors";
import type { Services } from "../services";
import { joinedLine } from "../../ntm/shell";
import { runInTerminal } from "../terminal/terminal";
import { callsOf, checkRows, runCalls, type BeadResult, type NtmBead, type NtmCall, type NtmJob } from "./ntmJob";
import { logNtmCall } from "./ntmLog";
import { checkNtmAvailability, unavailableReason, type NtmAvailability } from "./ntmAvailability";
import { withNtmProgress } from "./ntmProgress";
import { reportResults } from "./reportResults";

/** How long ntm may take for each further bead of a list. */
const msPerBead = 10_000;

/** Does the job, and tells how it ended. Where ntm can't be run from here, offers its command lines instead. */
export async function runJob(services: Services, job: NtmJob): Promise<readonly BeadResult[]> {
  const { sessionName } = job.store;
  const ntm = await checkNtmAvailability(services.session.storageDir, sessionName);
  if (ntm.kind !== "found") {
    offerCommandLines(services, job, unavailableReason(ntm.kind, sessionName));
    return [];
  }
  const results = await resultsOf(services, job, ntm);
  const done = results.filter(({ end }) => end.kind === "done").map(({ beadId }) => beadId);
  if (done.length === results.length) {
    vscode.window.setStatusBarMessage(`$(check) ${doneSentence(job.task, done)}`, 10_000);
  } else {
    // A button is clicked long after this has returned.
    const again = (next: NtmJob): Promise<void> =>
      reportErrors(services, async () => {
        await runJob(services, next);
      });
    reportResults(services, job, results, again);
  }
  return results;
}

/** Copies the command lines, or runs them in a terminal: all that there is where ntm can't be run from here. */
function offerCommandLines({ log }: Services, job: NtmJob, sentence: string): void {
  const { calls, unquotable } = callsOf(job);
  for (const { end } of unquotable) {
    if (end.kind === "unquotable") showExplanation(log, "warning", unquotableExplanation(end.error));
  }
  if (calls.length === 0) return;
  const line = joinedLine(typedLines(calls.map(({ command }) => command)), vscode.env.shell);
  const message = `${sentence} ${vscode.l10n.t("Its command line can be copied, or run in a terminal.")}`;
  showMessage(
    log,
    "warning",
    message,
    { title: vscode.l10n.t("Copy ntm Command"), run: () => vscode.env.clipboard.writeText(line) },
    {
      title: vscode.l10n.t("Run in Terminal"),
      run: () => {
        runInTerminal(job.store.sessionName, line);
        return Promise.resolve();
      },
    },
  );
}

async function resultsOf(
  services: Services,
  job: NtmJob,
  ntm: Extract<NtmAvailability, { kind: "found" }>,
): Promise<readonly BeadResult[]> {
  const { activities } = services;
  const { sessionName } = job.store;
  const isBusy = ({ beadId }: NtmBead): boolean => activities.of(sessionName, beadId)?.kind === "ntm";
  const busy = job.beads.filter(isBusy).map((bead): BeadResult => ({ ...bead, end: { kind: "busy" } }));
  const free = { ...job, beads: job.beads.filter((bead) => !isBusy(bead)) };
  const beadIds = free.beads.map(({ beadId }) => beadId);
  if (beadIds.length === 0) return busy;
  // At once, so that a second click finds the mark.
  const mark = activities.start(sessionName, beadIds, job.task);
  try {
    const { same, changed } = await checkRows(free);
    const { calls, unquotable } = callsOf({ ...free, beads: same });
    const refused = [...busy, ...changed, ...unquotable];
    if (calls.length === 0) return refused;
    const title = taskTitle(job.task, beadIds);
    const results = await withNtmProgress(title, (signal, report) =>
      callAll(services, job, calls, ntm, signal, report),
    );
    // The watch shows it as well; this is for what is said about it.
    await job.store.load();
    services.ownChanges.remember(
      results.map(({ beadId, row }) => ({ beadId, before: row, row: job.store.get(beadId) })),
    );
    return [...results, ...refused];
  } finally {
    mark.dispose();
  }
}

function callAll(
  { log }: Services,
  job: NtmJob,
  calls: readonly NtmCall[],
  { program, cwd }: Extract<NtmAvailability, { kind: "found" }>,
  signal: AbortSignal,
  report: (message: string) => void,
): Promise<readonly BeadResult[]> {
  return runCalls(job, calls, { program: program.path, cwd, signal }, (command, { beads }) => {
    const startedAt = Date.now();
    if (calls.length > 1) report(sanitize(beads[0]?.beadId ?? ""));
    const prompts = beads.flatMap(({ row }) => [row?.prompt_sent ?? "", row?.pending_prompt ?? ""]);
    return {
      timeoutMs: 45_000 + msPerBead * (beads.length - 1),
      onDidEnd: (output, exitCode) => {
        logNtmCall(log, [program.path, ...command.slice(1)], startedAt, output, exitCode, prompts);
      },
    };
  });
}
