// The options of its pane by which an agent says what it does, and how they are set. The hooks of agents set the same ones.
import { runTmux, type TmuxOptions } from "./program";

/** `STATE REASON EPOCH`, which `agentState.ts` reads. */
export const stateOption = "@ntm_assignments_state";
/** What the agent waits for or what went wrong, in its own words. */
export const reasonOption = "@ntm_assignments_reason";

const maxOutputBytes = 4096;

export interface TargetPane extends TmuxOptions {
  /** `%N` */
  readonly paneId: string;
}

/**
 * The pane waits for the user, who reads the text.
 * @param text one line
 * @param now milliseconds since 1970
 * @throws {TmuxError}
 */
export async function setWaiting(pane: TargetPane, text: string, now: number): Promise<void> {
  await run(pane, [
    ...setOption(pane.paneId, stateOption, `waiting question ${epoch(now)}`),
    ";",
    ...setOption(pane.paneId, reasonOption, text),
  ]);
}

/** The agent goes on. @throws {TmuxError} */
export async function setWorking(pane: TargetPane, now: number): Promise<void> {
  await run(pane, [
    ...setOption(pane.paneId, stateOption, `working - ${epoch(now)}`),
    ";",
    ...unsetOption(pane.paneId, reasonOption),
  ]);
}

/**
 * Ends what {@link setWaiting} began, or a hook. Any other state that the agent has by now stays.
 * @param reason `question`: only what {@link setWaiting} began
 * @throws {TmuxError}
 */
export async function endWaiting(pane: TargetPane, reason: "question" | "any"): Promise<void> {
  const isWaiting = `#{m:waiting ${reason === "any" ? "" : `${reason} `}*,#{${stateOption}}}`;
  const unset = [stateOption, reasonOption].map((name) => unsetOption(pane.paneId, name).join(" "));
  await run(pane, ["if-shell", "-F", "-t", pane.paneId, isWaiting, unset.join(" ; ")]);
}

async function run(pane: TargetPane, args: readonly string[]): Promise<void> {
  await runTmux(args, maxOutputBytes, pane);
}

function setOption(paneId: string, name: string, value: string): string[] {
  // tmux takes an argument that ends with a semicolon for the end of a command, unless a backslash stands before it.
  return ["set-option", "-p", "-t", paneId, name, value.replace(/;$/, "\\;")];
}

function unsetOption(paneId: string, name: string): string[] {
  return ["set-option", "-p", "-u", "-t", paneId, name];
}

function epoch(now: number): string {
  return String(Math.floor(now / 1000));
}
