// npm hands a signal to the shell that runs its script, and many a shell ends without handing it on.

const lookEveryMs = 500;

/** Ends this process soon after the one that started it has ended. */
export function endWhenOrphaned(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(143);
  }, lookEveryMs).unref();
}
