// The signal by which agents' hooks ask to be looked at now. It is a hint: two of them without a waiter in between cancel
// each other out, so the panes are listed at intervals all the same.
import type { Disposable } from "../util/event";
import { ProgramError, runProgram } from "../util/program";
import type { TmuxOptions } from "./program";

/** The channel of `tmux wait-for`. */
export const signalChannel = "ntm_assignments";

/** A waiting process is replaced after this time, so that one that lost its server doesn't stay. */
const longestWaitMs = 15 * 60_000;

/**
 * - `signalled`: a hook ran, or the server ended
 * - `expired`: nothing happened for a long time
 * - `failed`: there is no server, or it can't be waited for
 */
export type WaitOutcome = "signalled" | "expired" | "failed";

/** Waits as a client that isn't attached: it is listed nowhere, and has no effect on any session. */
export async function waitForSignal({ program = "tmux", env, signal }: TmuxOptions): Promise<WaitOutcome> {
  try {
    await runProgram(program, ["wait-for", signalChannel], { timeoutMs: longestWaitMs, env, signal });
    return "signalled";
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    return error.failure === "timed-out" ? "expired" : "failed";
  }
}

export interface SignalWatchOptions {
  readonly wait: (signal: AbortSignal) => Promise<WaitOutcome>;
  readonly onSignal: () => void;
  readonly onError: (error: unknown) => void;
}

/** The shortest time between two waits, and between two signals that are passed on: a swarm's hooks may run all the time. */
const shortestIntervalMs = 200;
/** After a wait that failed. */
const retryIntervalMs = 60_000;

/** Keeps one process waiting while it is wanted. */
export class SignalWatch implements Disposable {
  private waiting: AbortController | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** When the next wait may begin, in milliseconds since 1970. */
  private notBefore = 0;

  constructor(private readonly options: SignalWatchOptions) {}

  /** Starts or ends the wait. */
  update(isWanted: boolean): void {
    if (!isWanted) this.stop();
    else if (this.waiting === undefined && this.timer === undefined) this.start();
  }

  dispose(): void {
    this.stop();
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting?.abort();
    this.waiting = undefined;
    this.notBefore = 0;
  }

  /** @param onStart called when the wait has begun, so that no signal of the pause before it is missed */
  private start(onStart?: () => void): void {
    // A clock that was put back makes it no longer.
    const delay = Math.min(Math.max(this.notBefore - Date.now(), 0), retryIntervalMs);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.wait().catch(this.options.onError);
      onStart?.();
    }, delay);
  }

  private async wait(): Promise<void> {
    const waiting = (this.waiting = new AbortController());
    this.notBefore = Date.now() + shortestIntervalMs;
    const outcome = await this.options.wait(waiting.signal);
    if (this.waiting !== waiting) return;
    this.waiting = undefined;
    if (outcome === "failed") this.notBefore = Date.now() + retryIntervalMs;
    this.start(outcome === "signalled" ? this.options.onSignal : undefined);
  }
}
