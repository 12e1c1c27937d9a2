// The process that holds a lock, for the message of a timeout. Only Linux reports it, in /proc/locks.
import * as fs from "node:fs";

/** Name and id of the process that holds a flock on the file, e.g. `ntm (4711)`; `undefined` if unknown. */
export function holderOf(path: string): string | undefined {
  try {
    const file = fs.statSync(path);
    // 1: FLOCK  ADVISORY  WRITE 4711 fe:00:131093 0 EOF
    for (const line of fs.readFileSync("/proc/locks", "utf8").split("\n")) {
      const match = /^\d+: FLOCK\s+ADVISORY\s+WRITE (\d+) [0-9a-f]+:[0-9a-f]+:(\d+) /.exec(line);
      const pid = match?.[1];
      if (pid === undefined || match?.[2] !== String(file.ino) || !hasOpen(pid, file)) continue;
      return `${fs.readFileSync(`/proc/${pid}/comm`, "utf8").trim()} (${pid})`;
    }
  } catch {
    // No /proc, or the holder has ended meanwhile: the message has no name then.
  }
  return undefined;
}

/** Inode numbers repeat across devices, and some file systems report another device in /proc/locks than in `stat`. */
function hasOpen(pid: string, { dev, ino }: fs.Stats): boolean {
  const folder = `/proc/${pid}/fd`;
  if (!fs.existsSync(folder)) return false;
  return fs.readdirSync(folder).some((descriptor) => {
    const file = fs.statSync(`${folder}/${descriptor}`, { throwIfNoEntry: false });
    return file?.dev === dev && file.ino === ino;
  });
}
