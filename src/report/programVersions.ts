// The versions of the programs around the ledger, as they print them.
import { ProgramError, runProgram } from "../util/program";

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
