// What tmux tells of a session, asked only because a person started a verb that needs it. No shell is involved.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { isPaneId } from "../assignment";

export interface LivePane {
  /** `%N`. */
  readonly paneId: string;
  readonly window: number;
  /** The index within the window, which ledgers call `pane`. */
  readonly index: number;
  readonly command: string;
  readonly title: string;
}

export type TmuxSession =
  | { readonly kind: "live"; readonly panes: readonly LivePane[] }
  | { readonly kind: "no-session" }
  | { readonly kind: "no-tmux" };

/** A tmux that doesn't answer within this time counts as not there. */
const timeoutMs = 3000;

/** The panes of all windows of a session. */
export async function liveSession(sessionName: string): Promise<TmuxSession> {
  const format = ["#{pane_id}", "#{window_index}", "#{pane_index}", "#{pane_current_command}", "#{pane_title}"].join(
    "\t",
  );
  // `=` asks for exactly this name; without the colon tmux would go on to look for a window that is called like it.
  const target = `=${sessionName}:`;
  try {
    const { stdout } = await promisify(execFile)("tmux", ["list-panes", "-s", "-t", target, "-F", format], {
      timeout: timeoutMs,
    });
    return { kind: "live", panes: stdout.split("\n").flatMap(parsePane) };
  } catch (error) {
    return { kind: isMissingProgram(error) ? "no-tmux" : "no-session" };
  }
}

function parsePane(line: string): LivePane[] {
  const [paneId = "", window = "", index = "", command = "", ...title] = line.split("\t");
  if (!isPaneId(paneId)) return [];
  return [{ paneId, window: Number(window), index: Number(index), command, title: title.join("\t") }];
}

function isMissingProgram(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EACCES");
}
