// The arguments with which tmux shows a pane: in a new terminal, or in one that is attached already.
import { runTmux, type TmuxOptions } from "./program";

export interface PaneAddress {
  readonly sessionName: string;
  /** `@N`. */
  readonly windowId: string;
  /** `%N`. */
  readonly paneId: string;
}

/**
 * Attaches to the session with the pane selected. Which window and pane are current belongs to the session, so that its other
 * clients follow; their sizes and what runs there are left alone.
 */
export function attachArguments(address: PaneAddress): readonly string[] {
  // The session is attached to first: should the pane be gone by then, the session is still shown, and tmux says so there.
  return ["attach-session", "-t", sessionTarget(address.sessionName), ";", ...selectArguments(address)];
}

/** Selects the pane in the clients that are attached to the session. */
export function selectArguments({ sessionName, windowId, paneId }: PaneAddress): readonly string[] {
  // The window is named within its session, for it may be linked into others.
  const window = `${sessionTarget(sessionName)}${windowId}`;
  return ["select-window", "-t", window, ";", "select-pane", "-t", paneId];
}

/** Does so. @throws {TmuxError} `refused` when there is no such pane */
export async function selectPane(address: PaneAddress, options: TmuxOptions): Promise<void> {
  await runTmux(selectArguments(address), 64 * 1024, options);
}

/** `=` selects exactly this name; without the colon tmux would also look for a window of this name. */
function sessionTarget(sessionName: string): string {
  return `=${sessionName}:`;
}
