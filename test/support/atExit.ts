// What must be undone however the process ends (SIGKILL aside), last made first undone.

const pending = new Set<() => void>();
let installed = false;

/** Has `undo` called at exit, unless the function it returns was called before. */
export function atExit(undo: () => void): () => void {
  install();
  pending.add(undo);
  return () => {
    pending.delete(undo);
  };
}

function install(): void {
  if (installed) return;
  installed = true;
  process.once("exit", () => {
    for (const undo of [...pending].reverse()) undo();
  });
  // By default a signal ends the process with no "exit" event.
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.once(signal, () => process.exit(code));
  }
}
