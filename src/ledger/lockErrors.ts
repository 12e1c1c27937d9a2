// Why a lock was not to be had. Apart from the lock itself, so that who explains them need not load it.

/** The native lock can't be loaded here: ledgers can be read, not written. */
export class LockUnavailableError extends Error {
  override readonly name = "LockUnavailableError";
}

/** Somebody else holds the lock for too long. */
export class LockTimeoutError extends Error {
  override readonly name = "LockTimeoutError";
  constructor(
    readonly waitedMs: number,
    /** Who holds it, as far as the system tells. */
    readonly holder: string | undefined,
  ) {
    super(`locked by ${holder ?? "another process"} for more than ${waitedMs} ms`);
  }
}
