// Keeps the decorations of reserved files up to date with the shown session. What draws them is loaded with the first
// session that has reservations.
import * as vscode from "vscode";
import type { Assignment } from "../assignment";
import { setContextKeys } from "../contextKeys";
import type { Log } from "../log";
import type { ActiveSession } from "../session/activeSession";
import { onDidChangeSettings, setting } from "../settings";
import { DisposableStore } from "../util/disposableStore";
import { SerialTask } from "../util/serialTask";
import type { ReservedFileDecorations } from "./decorations";

export function followReservations(session: ActiveSession, log: Log): vscode.Disposable {
  const disposables = new DisposableStore();
  let decorations: ReservedFileDecorations | undefined;
  let decorated: readonly Assignment[] | undefined;

  const load = async (): Promise<ReservedFileDecorations> => {
    const { ReservedFileDecorations } = await import("./decorations");
    if (decorations !== undefined) return decorations;
    const created = disposables.add(new ReservedFileDecorations());
    disposables.add(
      created.onDidChangeReserved((reservedFiles) => {
        setContextKeys({ reservedFiles });
      }),
    );
    return (decorations = created);
  };

  const update = async (): Promise<void> => {
    const { snapshot } = session;
    const rows = setting("reservedFiles") ? (snapshot?.rows ?? []) : [];
    if (snapshot === undefined || !rows.some(hasReservations)) {
      decorated = undefined;
      decorations?.update(undefined);
      return;
    }
    if (rows === decorated) return;
    const { findSessionProject } = await import("../sessionProject");
    const project = await findSessionProject(snapshot.sessionName);
    decorated = rows;
    (await load()).update(project.kind === "no-project" ? undefined : { rows, projectFolder: project.folder });
  };

  const updating = disposables.add(new SerialTask(update));
  const updateSoon = (): void => {
    updating.request().catch((error: unknown) => {
      log.error(error instanceof Error ? error : String(error));
    });
  };
  disposables.add(session.onDidChange(updateSoon));
  disposables.add(
    vscode.Disposable.from(
      onDidChangeSettings(updateSoon),
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        decorated = undefined;
        updateSoon();
      }),
    ),
  );
  updateSoon();
  return new vscode.Disposable(() => {
    disposables.dispose();
  });
}

function hasReservations({ reserved_paths: paths }: Assignment): boolean {
  return paths !== undefined && paths.length > 0;
}
