// The errors of locks, in a file of their own so that code that reports them doesn't load the lock.

/** The native lock can't be loaded: ledgers can be read but not written. */
export class LockUnavailableError extends Error {
  override readonly name = "LockUnavailableError";
}

/** Another process held the lock for longer than the time limit. */
export class LockTimeoutError extends Error {
  override readonly name = "LockTimeoutError";
  constructor(
    readonly waitedMs: number,
    /** The holding process, e.g. `ntm (4711)`, if the system reports it. */
    readonly holder: string | undefined,
  ) {
    super(`locked by ${holder ?? "another process"} for more than ${waitedMs} ms`);
  }
}
