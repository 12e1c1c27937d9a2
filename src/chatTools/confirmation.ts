// What the user is asked before the chat changes a row: which one, from which status to which, and what that means.
import { l10n, type PreparedToolInvocation } from "vscode";
import { isAtomic, type Assignment, type AssignmentStatus } from "../assignment";
import { sanitize, statusWord } from "../text";
import type { ChatToolName } from "./names";

/** @param row as it is shown, if it is */
export function confirmationOf(
  name: ChatToolName,
  input: unknown,
  sessionName: string | undefined,
  row: Assignment | undefined,
): PreparedToolInvocation {
  switch (name) {
    case "ntmAssignments_list":
      return { invocationMessage: l10n.t("Listing beads") };
    case "ntmAssignments_explain":
      return { invocationMessage: l10n.t("Looking at {0}", sanitize(beadIdOf(input))) };
    case "ntmAssignments_markWorking":
      return asking(l10n.t("Mark bead as working?"), "working", input, sessionName, row);
    case "ntmAssignments_markCompleted":
      return asking(l10n.t("Mark bead as completed?"), "completed", input, sessionName, row);
    case "ntmAssignments_markFailed":
      return asking(l10n.t("Mark bead as failed?"), "failed", input, sessionName, row);
  }
}

function asking(
  title: string,
  status: AssignmentStatus,
  input: unknown,
  sessionName: string | undefined,
  row: Assignment | undefined,
): PreparedToolInvocation {
  const beadId = beadIdOf(input);
  const sentences: string[] = [];
  if (sessionName === undefined || row === undefined) {
    sentences.push(l10n.t("{0} isn't in the ledger that is shown.", sanitize(beadId)));
  } else {
    const [bead, before, after] = [
      `${sanitize(beadId)} (${sanitize(row.bead_title)})`,
      statusWord(row.status),
      statusWord(status),
    ];
    sentences.push(l10n.t("{0} in session {1} is {2} and becomes {3}.", bead, sanitize(sessionName), before, after));
    if (status !== "working" && isAtomic(row)) {
      sentences.push(l10n.t("ntm's claim of it stays in the tracker."));
    }
  }
  const reason = textOf(input, "reason");
  if (status === "failed" && reason !== "") sentences.push(l10n.t("Reason: {0}", sanitize(reason, 300)));
  // A string is Markdown here, and ids, titles and reasons are data.
  return {
    invocationMessage: l10n.t("Changing {0}", sanitize(beadId)),
    confirmationMessages: { title, message: escaped(sentences.join(" ")) },
  };
}

/** Of any input, also one that no schema was asked about. */
export function beadIdOf(input: unknown): string {
  return textOf(input, "bead_id");
}

function textOf(input: unknown, field: string): string {
  const value: unknown = (input as Readonly<Record<string, unknown>> | null | undefined)?.[field];
  return typeof value === "string" ? value : "";
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&$]/g, "\\$&");
}
