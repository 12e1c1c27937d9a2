// Rights as most people have them: what a mode forbids, root may do all the same.
import { execFileSync } from "node:child_process";

const nobody = 65_534;

/** Runs the work as an ordinary user who owns the folder and all in it. */
export async function unprivileged<T>(folder: string, work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  execFileSync("chown", ["-hR", `${nobody}:${nobody}`, folder]);
  process.setegid?.(nobody);
  process.seteuid?.(nobody);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}
