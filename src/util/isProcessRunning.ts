import { readFileSync } from "node:fs";
import { errorCode } from "./errorCode";

/** Also true for a process of another user. One that ended doesn't run, even if its parent hasn't asked for its result yet. */
export function isProcessRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // What may not be signalled runs.
    return errorCode(error) !== "ESRCH";
  }
  return process.platform !== "linux" || !isZombie(pid);
}

/** In a container, the first process often never asks for the results of those that it inherits. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // After the program's name in parentheses, which may hold parentheses and spaces itself.
    return /^[ZX]/.test(stat.slice(stat.lastIndexOf(")") + 2));
  } catch {
    // It ended right now, or there is no /proc: the signal decides.
    return false;
  }
}
