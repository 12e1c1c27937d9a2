// Whether ntm can be run for a session: the program, its working directory, and a running session.
import * as path from "node:path";
import * as vscode from "vscode";
import { storageDir } from "../../assignment";
import { findNtm, type NtmProgram } from "../../ntm/program";
import { findSessionProject, programPath } from "../../settings";
import { sanitize } from "../../messages";
import { tmuxOptions } from "../../views/panes/findPane";
import { listPanes } from "../../tmux";

export type NtmAvailability =
  | { readonly kind: "found"; readonly program: NtmProgram; readonly cwd: string }
  /**
   * - `other-storage`: the shown ledgers aren't those that ntm keeps
   * - `no-ntm`: there is no such program
   * - `no-session`: tmux has no such session, and ntm does nothing without it
   * - `no-project`: the folder of the tracker isn't known
   */
  | { readonly kind: "other-storage" | "no-ntm" | "no-session" | "no-project" };

export async function checkNtmAvailability(shownStorageDir: string, sessionName: string): Promise<NtmAvailability> {
  if (path.resolve(shownStorageDir) !== path.resolve(storageDir())) return { kind: "other-storage" };
  const [program, tmux, project] = await Promise.all([
    findNtm(programPath("ntm") ?? ""),
    listPanes(tmuxOptions()),
    findSessionProject(sessionName),
  ]);
  if (program === undefined) return { kind: "no-ntm" };
  // Without tmux on the path here, ntm may still have one on its own.
  const isAbsent =
    tmux.kind === "no-server" ||
    (tmux.kind === "panes" && !tmux.panes.some((pane) => pane.sessionName === sessionName));
  if (isAbsent) return { kind: "no-session" };
  return project.kind === "no-project" ? { kind: "no-project" } : { kind: "found", program, cwd: project.folder };
}

/** Why ntm isn't run from here. */
export function unavailableReason(kind: Exclude<NtmAvailability["kind"], "found">, sessionName: string): string {
  switch (kind) {
    case "other-storage":
      return vscode.l10n.t("These ledgers aren't in ntm's own folder, so ntm isn't run from here.");
    case "no-ntm":
      return vscode.l10n.t("Only ntm can do this, and it isn't found on this machine.");
    case "no-session":
      return vscode.l10n.t(
        "Only ntm can do this, and there is no session {0} on the tmux server that this window asks.",
        sanitize(sessionName),
      );
    case "no-project":
      return vscode.l10n.t("Only ntm can do this, and the project folder of {0} isn't known.", sanitize(sessionName));
  }
}
