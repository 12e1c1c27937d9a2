// Stands in the bundle for signal-exit, which write-file-atomic has remove its temporary file when a signal ends the process.
// Our writes are synchronous: no signal is handled in the midst of one. The hooks could only catch it, and be gone before
// it is handled, so that a process asked to end while it saves would go on for ever. What a killed writer leaves behind
// is removed by the next save.

export function onExit(): () => void {
  return () => undefined;
}
