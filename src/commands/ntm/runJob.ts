// Runs ntm for some beads, and shows it to the user: decorations of the rows, progress, and a message at the end.
import * as vscode from "vscode";
import { viewIds } from "../../contributions";
import { sanitize, escapeLinks } from "../../messages";
import { doneSentence, taskTitle } from "../../messages/ntmOutcome";
import { type CommandLine } from "../../ntm/commandLine";
import { joinedLine } from "../../ntm/shell";
import type { Log } from "../../util/log";
import type { ProgramOutput } from "../../util/program";
import { showExplanation, showMessage } from "../../views/showMessage";
import { reportErrors } from "../../views/reportErrors";
import type { Services } from "../../services";
import { runInTerminal } from "../terminal";
import { checkNtmAvailability, unavailableReason, type NtmAvailability } from "./availability";
import { typedLines, unquotableExplanation } from "./copyCommandLine";
import { callsOf, checkRows, runCalls, type NtmBeadResult, type NtmBead, type NtmCall, type NtmJob } from "./job";
import { reportResults } from "./reportResults";

/** How long ntm may take for each further bead of a list. */
const msPerBead = 10_000;

/** Does the job, and reports how it ended. Where ntm can't be run from here, offers its command lines instead. */
export async function runJob(services: Services, job: NtmJob): Promise<readonly NtmBeadResult[]> {
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
): Promise<readonly NtmBeadResult[]> {
  const { activities } = services;
  const { sessionName } = job.store;
  const isBusy = ({ beadId }: NtmBead): boolean => activities.of(sessionName, beadId)?.kind === "ntm";
  const busy = job.beads.filter(isBusy).map((bead): NtmBeadResult => ({ ...bead, end: { kind: "busy" } }));
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
): Promise<readonly NtmBeadResult[]> {
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

const maxLoggedCharacters = 8_000;

/** @param prompts texts that must not be logged, wherever they occur */
function logNtmCall(
  log: Log,
  command: CommandLine,
  startedAt: number,
  { stdout, stderr }: ProgramOutput,
  exitCode: number | undefined,
  prompts: readonly string[],
): void {
  const end = exitCode === undefined ? "no exit code" : `exit code ${exitCode}`;
  log.info(`${JSON.stringify(command)}: ${end} after ${Date.now() - startedAt} ms`);
  for (const [name, text] of Object.entries({ stdout, stderr })) {
    const shown = redactPrompts(text, prompts).trim();
    if (shown !== "") log.info(`${name}: ${shown.slice(0, maxLoggedCharacters)}`);
  }
}

/** Exported for its test. */
export function redactPrompts(text: string, prompts: readonly string[]): string {
  // In JSON, under any key; the command of an agent may hold secrets.
  const hidden = text.replace(/("[^"\\]*(?:prompt|command|content)[^"\\]*"\s*:\s*)"(?:[^"\\]|\\.)*"/gi, '$1"…"');
  return prompts
    .flatMap((prompt) => [prompt, JSON.stringify(prompt).slice(1, -1)])
    .filter((prompt) => prompt.trim().length > 3)
    .reduce((rest, prompt) => rest.replaceAll(prompt, "…"), hidden);
}

/** A dispatch takes two to three seconds: before that a notification would only flash. */
const quietMs = 1500;

/** @param report shows what is being done now */
async function withNtmProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Promise<T> {
  const cancel = new AbortController();
  let show: ((message: string) => void) | undefined;
  let message = "";
  const running = work(cancel.signal, (now) => {
    message = now;
    show?.(now);
  });
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title: escapeLinks(title), cancellable: true };
    void vscode.window.withProgress(options, async (progress, token) => {
      show = (now) => {
        progress.report({ message: escapeLinks(now) });
      };
      show(message);
      token.onCancellationRequested(() => {
        cancel.abort();
      });
      // The caller that started the work handles its failure.
      await running.catch(() => undefined);
    });
  }, quietMs);
  try {
    return await vscode.window.withProgress({ location: { viewId: viewIds.beads } }, () => running);
  } finally {
    clearTimeout(timer);
  }
}
