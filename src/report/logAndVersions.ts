// What a bug report contains besides the ledger: the end of the log, and the versions of programs.
import * as fs from "node:fs/promises";
import { ProgramError, runProgram } from "../util/program";

/** What is read of it at most. */
const mostBytes = 262_144;

/** The end of a text file that grows, such as a log. @returns nothing if there is no such file, or it can't be read */
export async function lastLines(file: string, count: number): Promise<readonly string[]> {
  let text: string;
  let isWhole: boolean;
  try {
    const handle = await fs.open(file, "r");
    try {
      const { size } = await handle.stat();
      const start = Math.max(0, size - mostBytes);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
      text = buffer.toString("utf8", 0, bytesRead);
      isWhole = start === 0;
    } finally {
      await handle.close();
    }
  } catch {
    return []; // A report without it is better than none.
  }
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.slice(isWhole ? 0 : 1).slice(-count);
}

const asked = { tmux: ["-V"], ntm: ["version"], br: ["--version"] } as const;

export type ReportedProgram = keyof typeof asked;

/** @param paths where a program is, if `PATH` doesn't say; the first line that each prints */
export async function programVersions(
  paths: Readonly<Partial<Record<ReportedProgram, string>>> = {},
  env: NodeJS.ProcessEnv = process.env,
): Promise<Readonly<Record<ReportedProgram, string>>> {
  const version = async (name: ReportedProgram): Promise<readonly [ReportedProgram, string]> => {
    try {
      const { stdout } = await runProgram(paths[name] ?? name, [...asked[name]], { timeoutMs: 3000, env });
      return [name, stdout.split("\n")[0]?.slice(0, 100) ?? ""];
    } catch (error) {
      if (error instanceof ProgramError) return [name, error.failure];
      throw error;
    }
  };
  const versions = await Promise.all((Object.keys(asked) as ReportedProgram[]).map(version));
  return Object.fromEntries(versions) as Record<ReportedProgram, string>;
}
