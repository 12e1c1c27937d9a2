// Replaces signal-exit in the bundle, with which write-file-atomic removes its temporary file when a signal ends the process.
// Our writes are synchronous, so no signal is handled during one. The hooks would catch the signal and be removed before it
// is handled, so that a process asked to end during a save would never end. The next save removes files left by a killed writer.

export function onExit(): () => void {
  return () => undefined;
}
