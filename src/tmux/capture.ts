// What a pane shows and has shown, as plain text.
import { runTmux, type TmuxOptions } from "./program";

export interface CaptureOptions extends TmuxOptions {
  /** How many lines are taken. */
  readonly lines?: number;
}

/** 200 lines of a wide terminal are some 100 KB; wrapped ones are joined and may be longer. */
const maxOutputBytes = 4 * 1024 * 1024;

/**
 * The end of what a pane shows and has shown, wrapped lines joined, without blank lines at the end.
 * @param paneId `%N`
 * @throws {TmuxError} `refused` when there is no such pane
 */
export async function capturePane(paneId: string, { lines = 200, ...options }: CaptureOptions = {}): Promise<string> {
  const args = ["capture-pane", "-p", "-J", "-t", paneId, "-S", String(-lines)];
  const { stdout } = await runTmux(args, maxOutputBytes, options);
  return toPlainTextLines(stdout).slice(-lines).join("\n");
}

/** Lines without escape sequences, control characters and trailing blanks; wide characters stay. */
export function toPlainTextLines(captured: string): string[] {
  const lines = captured.replace(escapeSequence, "").split("\n").map(toPlainTextLine);
  return lines.slice(0, lines.findLastIndex((line) => line !== "") + 1);
}

/** OSC and other strings up to their end, control sequences, and two-character escapes. */
// eslint-disable-next-line no-control-regex
const escapeSequence = /\u001b(?:[\]PX^_][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|\[[0-?]*[ -/]*[@-~]?|[ -/]*[0-~]?)/g;

function toPlainTextLine(line: string): string {
  return line.replace(/[^\P{Cc}\t]/gu, "").trimEnd();
}
