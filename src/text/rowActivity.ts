// What is being done to a row at present: a mark for its line, and a sentence for its hover.
import { l10n } from "vscode";
import type { NtmTask, RowActivity } from "../session/rowActivity";

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
