// The status and activity of a row, and its numbers, as text.
import { l10n } from "vscode";
import type { NtmTask, RowActivity } from "../session/rowActivity";
import { sanitize } from "./sanitize";
import { duration } from "./time";

/** The localized status; an unknown one is returned as it is in the ledger. */
export function statusWord(status: string): string {
  switch (status) {
    case "assigned":
      return l10n.t("assigned");
    case "working":
      return l10n.t("working");
    case "completed":
      return l10n.t("completed");
    case "failed":
      return l10n.t("failed");
    case "reassigned":
      return l10n.t("reassigned");
    case "claiming":
      return l10n.t("claiming");
    case "claimed":
      return l10n.t("claimed");
    default:
      return sanitize(status, 30);
  }
}

/** Such as `ntm: retrying…`; empty for what isn't worth a place in the line. */
export function activityMark(activity: RowActivity): string {
  switch (activity.kind) {
    case "ntm":
      return taskMark(activity.task);
    case "under-way":
      return l10n.t("under way");
    case "idle":
      return "";
  }
}

export function activitySentence(activity: RowActivity): string {
  switch (activity.kind) {
    case "ntm":
      return taskMark(activity.task);
    case "under-way":
      return l10n.t("An ntm process is working on it now.");
    case "idle":
      return l10n.t("No ntm process is working on it now. One that watches the session may resume it.");
  }
}

function taskMark(task: NtmTask): string {
  switch (task) {
    case "assign":
      return l10n.t("ntm: assigning…");
    case "retry":
      return l10n.t("ntm: retrying…");
    case "reassign":
      return l10n.t("ntm: reassigning…");
    case "clear":
      return l10n.t("ntm: releasing…");
  }
}

/** Such as `snoozed for 12m`. @param until when it ends, in milliseconds since 1970; infinite: when the row changes */
export function snoozeMark(until: number, now: number): string {
  return until === Infinity ? l10n.t("snoozed") : l10n.t("snoozed for {0}", duration(until - now));
}

/** A whole number of the ledger; those that JavaScript can't represent exactly are shown as more than the largest that it can. */
export function wholeNumber(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  return value > 0 ? `>${Number.MAX_SAFE_INTEGER}` : `<${Number.MIN_SAFE_INTEGER}`;
}
