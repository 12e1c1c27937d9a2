// Who holds a lock, for the message of a timeout. Linux tells in /proc/locks; elsewhere nobody does.
import * as fs from "node:fs";

/** The name and id of the process that holds a flock on the file, e.g. `ntm (4711)`; `undefined` when nothing is known. */
export function holderOf(path: string): string | undefined {
  try {
    const { ino } = fs.statSync(path);
    // 1: FLOCK  ADVISORY  WRITE 4711 fe:00:131093 0 EOF
    for (const line of fs.readFileSync("/proc/locks", "utf8").split("\n")) {
      const match = /^\d+: FLOCK\s+ADVISORY\s+WRITE (\d+) [0-9a-f]+:[0-9a-f]+:(\d+) /.exec(line);
      const pid = match?.[1];
      if (pid === undefined || match?.[2] !== String(ino)) continue;
      return `${fs.readFileSync(`/proc/${pid}/comm`, "utf8").trim()} (${pid})`;
    }
  } catch {
    // No /proc, or the holder is gone: the message does without a name.
  }
  return undefined;
}
