// A log in memory, so that a test can check that nothing was logged.
import type { Log } from "../../src/util/log";

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
