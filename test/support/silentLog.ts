// A log that keeps what it is told, so that a test can ask that nothing went wrong unseen.
import type { Log } from "../../src/log";

export class SilentLog implements Log {
  readonly errors: string[] = [];
  debug(): void {
    // Of no interest.
  }
  info(): void {
    // Of no interest.
  }
  warn(): void {
    // Of no interest.
  }
  error(error: string | Error): void {
    this.errors.push(String(error));
  }
}
