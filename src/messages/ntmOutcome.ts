// The results of ntm commands: a sentence for each outcome, and what the user can do about a refusal.
import { l10n } from "vscode";
import type { Assignment } from "../assignment";
import type { Override } from "../ntm/commandLine";
import type { NtmOutcome } from "../ntm/outcome";
import type { NtmTask } from "../session/rowActivity";
import type { ProgramError } from "../util/program";
import type { Explanation } from "./error";
import { sanitize } from "./sanitize";
import { statusWord } from "./status";

export type NtmRefusal = Extract<NtmOutcome, { kind: "refused" }>;

/** What is shown while ntm works. */
export function taskTitle(task: NtmTask, beadIds: readonly string[]): string {
  const [first = ""] = beadIds;
  const what = beadIds.length === 1 ? sanitize(first) : l10n.t("{0} beads", beadIds.length);
  switch (task) {
    case "assign":
      return l10n.t("ntm is assigning {0}", what);
    case "retry":
      return l10n.t("ntm is retrying {0}", what);
    case "reassign":
      return l10n.t("ntm is reassigning {0}", what);
    case "clear":
      return l10n.t("ntm is releasing {0}", what);
  }
}

/** What ntm did; empty if nothing. */
export function doneSentence(task: NtmTask, beadIds: readonly string[]): string {
  const [first = ""] = beadIds;
  if (beadIds.length === 0) return "";
  const what = beadIds.length === 1 ? sanitize(first) : undefined;
  switch (task) {
    case "assign":
      return l10n.t("{0} was assigned, and its prompt sent.", what ?? first);
    case "retry":
      return what === undefined
        ? l10n.t("{0} beads were retried.", beadIds.length)
        : l10n.t("{0} was retried: its prompt was sent again.", what);
    case "reassign":
      return what === undefined
        ? l10n.t("{0} beads were reassigned.", beadIds.length)
        : l10n.t("{0} was reassigned, and its prompt sent.", what);
    case "clear":
      return what === undefined
        ? l10n.t("{0} beads were released.", beadIds.length)
        : l10n.t("{0} was released: its claim and its file reservations were given back.", what);
  }
}

/** Why ntm refused, and what helps. Codes that aren't known here are shown with ntm's own message. */
export function refusalExplanation(beadId: string, refusal: NtmRefusal): Explanation {
  const bead = sanitize(beadId);
  const { code, details } = refusal;
  const reason = reasonOf(beadId, refusal);
  const nothingSent = l10n.t("Nothing was sent.");
  switch (code) {
    case "PANE_BUSY":
      return { sentence: l10n.t("The agent that should get {0} seems to be busy.", bead), next: nothingSent };
    case "TARGET_BUSY":
      return {
        sentence:
          details.owner === undefined
            ? l10n.t("The target pane of {0} already has a bead in flight.", bead)
            : l10n.t("The target pane of {0} already has {1} in flight.", bead, sanitize(details.owner.beadId)),
        next: l10n.t("Finish or release that bead first, or choose another pane."),
      };
    case "RESERVATION_REQUIRED":
      return {
        sentence: l10n.t("ntm couldn't reserve files for {0}: Agent Mail isn't available.", bead),
        next: nothingSent,
      };
    case "BLOCKED": {
      const blockers = (details.blockedBy ?? []).map((id) => sanitize(id, 40)).join(", ");
      return {
        sentence:
          blockers === ""
            ? l10n.t("{0} is blocked by other beads in the tracker.", bead)
            : l10n.t("{0} is blocked in the tracker by {1}.", bead, blockers),
        next: nothingSent,
      };
    }
    case "DEPENDENCY_LOOKUP_FAILED":
      return refusal.message.includes("ISSUE_NOT_FOUND")
        ? { sentence: l10n.t("The tracker has no bead {0}.", bead), next: l10n.t("Check its ID.") }
        : {
            sentence: l10n.t("ntm couldn't check the dependencies of {0}: “{1}”.", bead, reason),
            next: nothingSent,
          };
    case "CLAIM_CONFLICT":
      return {
        sentence:
          details.claimedBy === undefined
            ? l10n.t("Another user or agent has claimed {0} in the tracker.", bead)
            : l10n.t("{0} is claimed in the tracker by {1}.", bead, sanitize(details.claimedBy, 60)),
        next: l10n.t("Release the claim there, then try again."),
      };
    case "DISPATCH_UNKNOWN":
      return {
        sentence: refusal.message.includes("PANE_AGENT_DEAD")
          ? l10n.t(
              "ntm considers the agent in the pane to have exited, and doesn't know whether the prompt of {0} arrived.",
              bead,
            )
          : l10n.t("ntm doesn't know whether the prompt of {0} arrived.", bead),
        next: l10n.t("Look at its pane, then resolve the dispatch."),
      };
    case "PANE_NOT_FOUND":
    case "PANE_AMBIGUOUS":
    case "NOT_AGENT_PANE":
      return {
        sentence: l10n.t("The target pane of {0} can't be used: “{1}”.", bead, reason),
        next: l10n.t("Choose another pane."),
      };
    case "NO_IDLE_AGENT":
      return {
        sentence: l10n.t("No agent of the session is idle, so {0} wasn't assigned.", bead),
        next: l10n.t("Wait until one is idle, or choose a pane."),
      };
    case "ALREADY_ASSIGNED":
      return { sentence: l10n.t("{0} is already in that pane.", bead), next: l10n.t("Choose another pane.") };
    case "NOT_FOUND":
    case "NOT_ASSIGNED":
      return {
        sentence: l10n.t("{0} isn't in the ledger any more.", bead),
        next: l10n.t("The list shows the current state."),
      };
    case "NOT_FAILED":
    case "INVALID_STATE":
      return {
        sentence: l10n.t("ntm refused {0} because of its state: “{1}”.", bead, reason),
        next: l10n.t("The list shows the current state."),
      };
    case "RETRY_SKIPPED":
      return {
        sentence: l10n.t("ntm skipped {0}: “{1}”.", bead, reason),
        next: l10n.t("The list shows how far it got."),
      };
    case "CLEAR_FAILED":
      return reason.includes("dispatch outcome is unknown")
        ? {
            sentence: l10n.t("ntm doesn't release {0} while it doesn't know whether its prompt arrived.", bead),
            next: l10n.t("Look at its pane, then resolve the dispatch."),
          }
        : {
            sentence: l10n.t("ntm couldn't release {0}: “{1}”.", bead, reason),
            next: l10n.t("The list shows how far it got."),
          };
    case "COMPLETION_EVENT_PENDING":
      return {
        sentence: l10n.t("The result of {0} hasn't been processed by ntm yet.", bead),
        next: l10n.t("Run “ntm assign --watch” in the session, then try again."),
      };
    case "TIMEOUT":
      return {
        sentence: l10n.t("ntm reached its own time limit with {0}.", bead),
        next: l10n.t("The list shows how far it got."),
      };
    default:
      return {
        sentence:
          code === ""
            ? l10n.t("ntm refused {0}: “{1}”.", bead, reason)
            : l10n.t("ntm refused {0}: “{1}” ({2}).", bead, reason, sanitize(code, 60)),
        next: l10n.t("The log has its complete output."),
      };
  }
}

/** What ntm says of this bead, else of the whole call. */
function reasonOf(beadId: string, { message, beads }: NtmRefusal): string {
  return sanitize(beads.find((bead) => bead.beadId === beadId)?.message ?? message, 200);
}

/** For an ntm that gave no usable answer. */
export function failureExplanation(beadId: string, { failure, output, exitCode }: ProgramError): Explanation {
  const bead = sanitize(beadId);
  const mayHaveGoneOn = l10n.t("It may have finished the step or a part of it. The list shows the ledger's state.");
  switch (failure) {
    case "not-found":
      return {
        sentence: l10n.t("ntm couldn't be started for {0}.", bead),
        next: l10n.t("Check the setting “{0}”.", "ntmAssignments.programs.ntm"),
      };
    case "timed-out":
      return { sentence: l10n.t("ntm took too long with {0} and was ended.", bead), next: mayHaveGoneOn };
    case "aborted":
      return { sentence: l10n.t("ntm was canceled while working on {0}.", bead), next: mayHaveGoneOn };
    case "killed":
      return { sentence: l10n.t("ntm was killed while working on {0}.", bead), next: mayHaveGoneOn };
    case "refused":
    case "bad-output": {
      const said = sanitize(output.stderr.trim() || output.stdout.trim(), 200);
      const code = exitCode ?? 0;
      return {
        sentence:
          said === ""
            ? l10n.t("ntm gave no answer for {0} (exit code {1}).", bead, code)
            : l10n.t("ntm's answer for {0} isn't understood: “{1}” (exit code {2}).", bead, said, code),
        next: l10n.t("The list shows the ledger's state."),
      };
    }
  }
}

/** The row isn't the one any more that the user saw; ntm wasn't asked. */
export function changedExplanation(beadId: string, seen: Assignment, now: Assignment | undefined): Explanation {
  const bead = sanitize(beadId);
  const next = l10n.t("Nothing was changed. The list shows the current state.");
  if (now === undefined) return { sentence: l10n.t("Another process just removed {0}.", bead), next };
  return seen.status === now.status
    ? { sentence: l10n.t("Another process just changed {0}.", bead), next }
    : {
        sentence: l10n.t(
          "Another process changed {0} from {2} to {1}.",
          bead,
          statusWord(now.status),
          statusWord(seen.status),
        ),
        next,
      };
}

/** The question before a check of ntm is overridden: what it is, what follows from it, and the button that agrees. */
export interface OverrideQuestion {
  readonly question: string;
  readonly consequence: string;
  readonly button: string;
}

export function overrideQuestion(override: Override, beadIds: readonly string[]): OverrideQuestion {
  const [first = ""] = beadIds;
  const what = beadIds.length === 1 ? sanitize(first) : l10n.t("{0} beads", beadIds.length);
  const button = overrideButton(override);
  switch (override) {
    case "force":
      return {
        question: l10n.t("Send the prompt of {0} although the agent seems to be busy?", what),
        consequence: l10n.t("The prompt is typed into the pane, and may interrupt what the agent is doing there."),
        button,
      };
    case "without-reservations":
      return {
        question: l10n.t("Send the prompt of {0} without reserving files?", what),
        consequence: l10n.t("Other agents won't know which files it works on, and may change the same ones."),
        button,
      };
    case "ignore-dependencies":
      return {
        question: l10n.t("Send the prompt of {0} although it has open dependencies?", what),
        consequence: l10n.t("The agent starts before the work that this bead depends on is done."),
        button,
      };
  }
}

export function overrideButton(override: Override): string {
  switch (override) {
    case "force":
      return l10n.t("Try Again Though It Is Busy");
    case "without-reservations":
      return l10n.t("Try Again Without File Reservations");
    case "ignore-dependencies":
      return l10n.t("Try Again Ignoring Dependencies");
  }
}
