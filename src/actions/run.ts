// The one way in which verbs change rows: choose them, ask, change with one lock and one save, and say what was refused.
import * as vscode from "vscode";
import {
  ensureLockAvailable,
  refusal,
  type Assignment,
  type AssignmentStore,
  type Change,
  type ChangeResult,
  type RowStep,
} from "../assignment";
import { viewIds, type CommandArguments } from "../contributions";
import type { SessionSnapshot } from "../session/snapshot";
import { errorExplanation, plain, problemExplanation, type Explanation } from "../words";
import { explain, say } from "./report";
import type { Services } from "./services";
import { chooseSubject, type Subject } from "./subject";

export interface RowVerb {
  readonly step: RowStep;
  /** What is asked when nothing is selected. */
  readonly title: string;
  /** Asks what else must be known, and says what to change; `undefined`: the person turned away. */
  prepare(rows: readonly Assignment[], subject: Subject): Promise<readonly Change[] | undefined>;
  /** What was done, for the summary beside what was refused. */
  summary(count: number): string;
  /** What must be said though all went well. */
  readonly afterwards?: (done: readonly Done[], subject: Subject) => void;
}

/** A change that was made. */
export type Done = Extract<ChangeResult, { error?: undefined }>;

interface Refused {
  readonly beadId: string;
  readonly explanation: Explanation;
}

export async function runRowVerb(services: Services, verb: RowVerb, args: CommandArguments["rows"]): Promise<void> {
  const { step, title } = verb;
  const fits = (row: Assignment, schema: number): boolean => refusal(row, step, schema) === undefined;
  const subject = await chooseSubject(services, args, { title, takesMany: true, fits });
  if (subject !== undefined) await changeRows(services, verb, subject);
}

/** Does the verb to rows that are chosen already. */
export async function changeRows(services: Services, verb: RowVerb, subject: Subject): Promise<void> {
  const { store, snapshot } = subject;
  if (!(await isWritable(services, subject))) return;
  const possible: Assignment[] = [];
  const refused: Refused[] = [];
  for (const row of subject.rows) {
    const error = refusal(row, verb.step, snapshot.schema);
    if (error === undefined) possible.push(row);
    else refused.push({ beadId: row.bead_id, explanation: explanationOf(error, row, store) });
  }
  let done: readonly Done[] = [];
  if (possible.length > 0) {
    const changes = await verb.prepare(possible, subject);
    if (changes === undefined) return;
    const results = await apply(services, store, changes);
    const shown = new Map(possible.map((row) => [row.bead_id, row]));
    done = results.filter((result) => result.error === undefined);
    for (const { beadId, error } of results) {
      if (error !== undefined) refused.push({ beadId, explanation: explanationOf(error, shown.get(beadId), store) });
    }
  }
  reportRefused(services, verb.summary(done.length), done.length, refused);
  if (done.length > 0) verb.afterwards?.(done, subject);
}

/**
 * Whether the ledger may be changed; if not, says why.
 * @throws {LockUnavailableError} where none can be
 */
export async function isWritable(
  { log }: Services,
  { snapshot, store }: { readonly snapshot: SessionSnapshot | undefined; readonly store: AssignmentStore },
): Promise<boolean> {
  await ensureLockAvailable();
  if (snapshot === undefined || snapshot.health.kind === "ok") return true;
  explain(log, "warning", problemExplanation(snapshot.health.problem, store.path));
  return false;
}

/** Makes the changes, with progress in the view; rows that come of it count as this window's own. */
export async function apply(
  { ownRows }: Services,
  store: AssignmentStore,
  changes: readonly Change[],
): Promise<readonly ChangeResult[]> {
  const results = await vscode.window.withProgress({ location: { viewId: viewIds.beads } }, () => store.apply(changes));
  ownRows.remember(results);
  return results;
}

export function explanationOf(error: unknown, shown: Assignment | undefined, store: AssignmentStore): Explanation {
  return errorExplanation(error, { health: store.health, now: Date.now(), shownStatus: shown?.status });
}

/** As many reasons as fit into a message; the log has them all. */
const reasonsSaid = 2;

function reportRefused({ log }: Services, summary: string, doneCount: number, refused: readonly Refused[]): void {
  const [first] = refused;
  if (first === undefined) return;
  if (refused.length === 1 && doneCount === 0) {
    explain(log, "warning", first.explanation, first.beadId);
    return;
  }
  for (const { beadId, explanation } of refused) {
    log.warn(`${plain(beadId)}: ${explanation.sentence} ${explanation.next}`);
  }
  const reasons = refused.slice(0, reasonsSaid).map(({ explanation }) => explanation.sentence);
  const rest = refused.length - reasons.length;
  if (rest > 0) reasons.push(vscode.l10n.t("{0} more in the log.", rest));
  const notDone = vscode.l10n.t("Refused: {0}.", refused.length);
  const showLog = {
    title: vscode.l10n.t("Show Log"),
    run: (): Promise<void> => {
      log.show();
      return Promise.resolve();
    },
  };
  say(log, "warning", [summary, notDone, ...reasons].join(" "), showLog);
}
