// Why tmux doesn't have a session, or doesn't answer. Only a server that answered, and has other sessions, has "no such session".
import { l10n } from "vscode";
import type { PaneList } from "../tmux";
import type { Explanation } from "./error";
import { sanitize } from "./sanitize";

/** The server that was asked has no such session. */
export function noSuchSession(sessionName: string): Explanation {
  return {
    sentence: l10n.t("There is no session {0} on the tmux server that this window asks.", sanitize(sessionName)),
    next: l10n.t(
      "Its ledger is kept. If the session runs on another server, start VS Code with the same TMUX_TMPDIR; otherwise start it with “ntm spawn”.",
    ),
  };
}

/** @param list what came of asking */
export function tmuxUnknown(list: Exclude<PaneList, { kind: "panes" }>): Explanation {
  switch (list.kind) {
    case "no-tmux":
      return {
        sentence: l10n.t("tmux can't be run on this machine."),
        next: l10n.t("Install it, or set its path in ntmAssignments.programs.tmux."),
      };
    case "no-server":
      return {
        sentence: l10n.t("No tmux server answers on the socket that this window asks."),
        next: l10n.t("If the session runs on another one, start VS Code with the same TMUX_TMPDIR."),
      };
    case "failed":
      return {
        sentence: failure(list.reason, list.detail),
        next: l10n.t("See the log for details."),
        command: "showLog",
      };
  }
}

function failure(reason: Extract<PaneList, { kind: "failed" }>["reason"], detail: string): string {
  switch (reason) {
    case "permission":
      return l10n.t("The tmux server belongs to another user.");
    case "timed-out":
      return l10n.t("tmux didn't answer in time. Whether the session runs isn't known.");
    case "unparseable":
      return l10n.t("The answer of tmux isn't understood. Whether the session runs isn't known.");
    case "refused":
      return l10n.t("tmux reported: “{0}”.", sanitize(detail, 200));
  }
}
