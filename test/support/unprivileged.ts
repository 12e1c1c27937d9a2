// Runs a test's work without root's rights, for which file modes have no effect.
import { execFileSync } from "node:child_process";

const unprivilegedUser = 65_534;

/** Runs the work as an ordinary user who owns the folder and all in it. */
export async function unprivileged<T>(folder: string, work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  execFileSync("chown", ["-hR", `${unprivilegedUser}:${unprivilegedUser}`, folder]);
  process.setegid?.(unprivilegedUser);
  process.seteuid?.(unprivilegedUser);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}
