// Decorates the files that rows in flight have reserved: a quiet badge, and a tooltip that says for whom and how long.
import * as vscode from "vscode";
import { epochMilliseconds, paneId, type Assignment } from "../../assignment";
import { setContextKeys } from "../../contributions";
import { sanitize } from "../../messages";
import { clockTime } from "../../messages/time";
import type { ActiveSession } from "../../session/activeSession";
import { agentProductName } from "../../session/agentType";
import { findSessionProject, onDidChangeSettings, setting } from "../../settings";
import { Burst } from "../../util/burst";
import { DisposableStore } from "../../util/disposableStore";
import { Emitter } from "../../util/event";
import type { Log } from "../../util/log";
import { SerialTask } from "../../util/serialTask";
import { ReservedFiles, ShownFiles } from "./reservedFiles";

/** What the decorations are made of; `undefined` while they are off, or no project folder is known. */
export interface ReservationSource {
  readonly rows: readonly Assignment[];
  /** The session's project folder, absolute. */
  readonly projectFolder: string;
}

/** A folder that is expanded shows many files at once. */
const quietMs = 100;
const longestMs = 500;
/** Menus ask about these by their paths. */
const mostReserved = 5000;

export class ReservedFileDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri[] | undefined>();
  readonly onDidChangeFileDecorations = this.#changed.event;
  readonly #changedReserved = new Emitter<readonly string[]>();
  /** Fires with the paths of the files that are decorated. */
  readonly onDidChangeReserved = this.#changedReserved.event;
  readonly #shown = new ShownFiles();
  readonly #reserved = new Burst<true>(
    () => {
      this.#changedReserved.fire(this.#shown.reserved(mostReserved).map((path) => fileUri(path).fsPath));
    },
    quietMs,
    longestMs,
  );
  readonly #registration = vscode.window.registerFileDecorationProvider(this);
  #source: ReservationSource | undefined;

  /** To be called after rows, the project folder or the setting changed. */
  update(source: ReservationSource | undefined): void {
    const isSame = source?.rows === this.#source?.rows && source?.projectFolder === this.#source?.projectFolder;
    if (isSame) return;
    this.#source = source;
    const folder = source === undefined ? "" : vscode.Uri.file(source.projectFolder).path.replace(/\/$/, "");
    const changed = this.#shown.update(new ReservedFiles(source?.rows ?? [], folder));
    if (changed === "all") this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire(changed.map(fileUri));
    if (changed.length > 0) this.#reserved.add([true]);
  }

  provideFileDecoration({ scheme, path }: vscode.Uri): vscode.FileDecoration | undefined {
    if (scheme !== "file") return undefined;
    const rows = this.#shown.reservingRows(path);
    if (rows.length === 0) return undefined;
    this.#reserved.add([true]);
    return new vscode.FileDecoration("R", tooltipOf(rows, Date.now()));
  }

  dispose(): void {
    this.#registration.dispose();
    this.#reserved.dispose();
    this.#changedReserved.dispose();
    this.#changed.dispose();
  }
}

function fileUri(path: string): vscode.Uri {
  return vscode.Uri.from({ scheme: "file", path });
}

/** A few lines at most, however many rows reserve the file. */
const mostLines = 4;

function tooltipOf(rows: readonly Assignment[], now: number): string {
  const lines = rows.slice(0, mostLines).map((row) => lineOf(row, now));
  if (rows.length > mostLines) lines.push(vscode.l10n.t("and {0} more", rows.length - mostLines));
  return lines.join("\n");
}

function lineOf(row: Assignment, now: number): string {
  const bead = sanitize(row.bead_id);
  const agent = sanitize(row.agent_name ?? agentProductName(row.agent_type) ?? row.agent_type, 40);
  const pane = paneId(row) ?? String(row.pane);
  const until = row.reservation_expires_at;
  const time = until === undefined ? undefined : clockTime(until, now);
  if (until === undefined || time === undefined) {
    return vscode.l10n.t("Reserved for {0} ({1}, pane {2})", bead, agent, pane);
  }
  return (epochMilliseconds(until) ?? Infinity) <= now
    ? vscode.l10n.t("Reserved for {0} ({1}, pane {2}); the lease ran out at {3}", bead, agent, pane, time)
    : vscode.l10n.t("Reserved for {0} ({1}, pane {2}) until {3}", bead, agent, pane, time);
}

export function followReservations(session: ActiveSession, log: Log): vscode.Disposable {
  const disposables = new DisposableStore();
  let decorations: ReservedFileDecorations | undefined;
  let decorated: readonly Assignment[] | undefined;

  // Only a provider that has something to decorate makes the editor request decorations.
  const create = (): ReservedFileDecorations => {
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
    const project = await findSessionProject(snapshot.sessionName);
    decorated = rows;
    create().update(project.kind === "no-project" ? undefined : { rows, projectFolder: project.folder });
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
