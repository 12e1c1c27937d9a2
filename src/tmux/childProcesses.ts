// What runs below the process of a pane: whether it has a child, which is the difference between an agent that runs under a
// shell and a shell alone, and how many processes an agent has started since its turn began.
import { readFile, readdir } from "node:fs/promises";
import { errorCode } from "../util/errorCode";
import { ProgramError, runProgram } from "../util/program";

const timeoutMs = 2000;
const maxOutputBytes = 4 * 1024 * 1024;

/**
 * @param pids processes that tmux started
 * @param serverPid the process of tmux, by which they are recognized: in another process namespace the numbers mean others
 * @returns whether each has a child; those of which nothing is known are left out
 */
export async function findChildren(pids: readonly number[], serverPid: number): Promise<ReadonlyMap<number, boolean>> {
  if (pids.length === 0) return new Map();
  const read = process.platform === "linux" ? await readFromProc(pids, serverPid) : undefined;
  return read ?? readFromPs(pids, serverPid);
}

/** `undefined`: this kernel doesn't list children. */
async function readFromProc(
  pids: readonly number[],
  serverPid: number,
): Promise<ReadonlyMap<number, boolean> | undefined> {
  const found = new Map<number, boolean>();
  for (const pid of pids) {
    try {
      if (parentIn(await readFile(`/proc/${pid}/stat`, "utf8")) !== serverPid) continue;
      const tasks = await readdir(`/proc/${pid}/task`);
      const lists = await Promise.all(tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, "utf8")));
      found.set(
        pid,
        lists.some((list) => list.trim() !== ""),
      );
    } catch (error) {
      // Either the process has just ended, or there are no such lists: `ps` knows both.
      const code = errorCode(error);
      if (code === "ENOENT" || code === "ESRCH" || code === "EACCES") return undefined;
      throw error;
    }
  }
  return found;
}

/** The fourth field; the second is the program's name in parentheses, which may hold parentheses and spaces itself. */
function parentIn(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

async function readFromPs(pids: readonly number[], serverPid: number): Promise<ReadonlyMap<number, boolean>> {
  try {
    const { stdout } = await runProgram("ps", ["-A", "-o", "pid=", "-o", "ppid="], { timeoutMs, maxOutputBytes });
    return childrenIn(stdout, pids, serverPid);
  } catch (error) {
    if (error instanceof ProgramError) return new Map();
    throw error;
  }
}

/** @param table a line for each process: its id, and that of its parent */
export function childrenIn(table: string, pids: readonly number[], serverPid: number): ReadonlyMap<number, boolean> {
  const parents = new Map<number, number>();
  for (const line of table.split("\n")) {
    const [, pid, parent] = /^\s*(\d+)\s+(\d+)\s*$/.exec(line) ?? [];
    if (pid !== undefined) parents.set(Number(pid), Number(parent));
  }
  const withChildren = new Set(parents.values());
  const known = pids.filter((pid) => parents.get(pid) === serverPid);
  return new Map(known.map((pid) => [pid, withChildren.has(pid)]));
}

/** A younger process may be the agent's status line or one of its hooks, which end by themselves. */
const youngestMs = 2000;

/**
 * How many processes below each were started after a time. Without `ps` nothing is known.
 * @param since by process that tmux started: milliseconds since 1970
 * @param serverPid the process of tmux, by which they are recognized
 */
export async function countLaterProcesses(
  since: ReadonlyMap<number, number>,
  serverPid: number,
): Promise<ReadonlyMap<number, number>> {
  if (since.size === 0) return new Map();
  const columns = ["pid", "ppid", "etime", "stat"].flatMap((name) => ["-o", `${name}=`]);
  try {
    const { stdout } = await runProgram("ps", ["-A", ...columns], { timeoutMs, maxOutputBytes });
    return laterProcessesIn(stdout, since, serverPid, Date.now());
  } catch (error) {
    if (error instanceof ProgramError) return new Map();
    throw error;
  }
}

/** @param table a line for each process: its id, that of its parent, the time since its start, and its state */
export function laterProcessesIn(
  table: string,
  since: ReadonlyMap<number, number>,
  serverPid: number,
  now: number,
): ReadonlyMap<number, number> {
  const processes = new Map<number, { readonly parent: number; readonly startedAt: number }>();
  const childrenOf = new Map<number, number[]>();
  for (const line of table.split("\n")) {
    const [, pid, parent, days, hours, minutes, seconds, state = ""] =
      /^\s*(\d+)\s+(\d+)\s+(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+)\s+(\S+)/.exec(line) ?? [];
    // What has ended, and wasn't yet waited for, doesn't run.
    if (pid === undefined || state.startsWith("Z")) continue;
    const age = ((Number(days ?? 0) * 24 + Number(hours ?? 0)) * 60 + Number(minutes)) * 60 + Number(seconds);
    processes.set(Number(pid), { parent: Number(parent), startedAt: now - age * 1000 });
    const siblings = childrenOf.get(Number(parent));
    if (siblings === undefined) childrenOf.set(Number(parent), [Number(pid)]);
    else siblings.push(Number(pid));
  }
  // Both times are in whole seconds: what began in the same second is older.
  const isLater = (pid: number, time: number): boolean => (processes.get(pid)?.startedAt ?? 0) >= time + 1000;
  const counts = new Map<number, number>();
  for (const [root, time] of since) {
    // The turn of a process that began later is that of another agent, whose pane was used again.
    if (processes.get(root)?.parent !== serverPid || isLater(root, time)) continue;
    // A set: a table that was read while processes came and went may have a circle in it.
    const below = new Set(childrenOf.get(root));
    for (const pid of below) for (const child of childrenOf.get(pid) ?? []) below.add(child);
    const isOldEnough = (pid: number): boolean => (processes.get(pid)?.startedAt ?? 0) <= now - youngestMs;
    counts.set(root, [...below].filter((pid) => isLater(pid, time) && isOldEnough(pid)).length);
  }
  return counts;
}

const shells: ReadonlySet<string> = new Set(
  (
    "sh bash ash dash zsh fish ksh mksh pdksh csh tcsh yash xonsh elvish ion nu oil osh " +
    "cmd cmd.exe pwsh pwsh.exe powershell powershell.exe"
  ).split(" "),
);

/** @param command what tmux calls the foreground program; a login shell's name begins with a hyphen */
export function isShellCommand(command: string): boolean {
  const name = command.trim().replace(/^-/, "").split("/").at(-1) ?? "";
  return shells.has(name.toLowerCase());
}
