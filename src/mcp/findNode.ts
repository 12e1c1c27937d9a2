// Which Node runs the MCP server: agents start it, so it must be one that they find as well.
import * as fs from "node:fs";
import * as path from "node:path";
import { ProgramError, runProgram } from "../util/program";

/** The oldest version that the server runs with. */
const oldest = 20;

/**
 * @param own the program of this process, when that is Node
 * @returns an absolute path; `node` if none was found that is new enough
 */
export async function findNode(own: string | undefined, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const folders = (env["PATH"] ?? env["Path"] ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const candidates = folders.map((folder) => path.join(folder, name)).filter((file) => fs.existsSync(file));
  for (const candidate of [...new Set(candidates), ...(own === undefined ? [] : [own])]) {
    if ((await majorVersion(candidate)) >= oldest) return candidate;
  }
  return "node";
}

async function majorVersion(program: string): Promise<number> {
  try {
    const { stdout } = await runProgram(program, ["--version"], { timeoutMs: 5000 });
    return Number(/^v(\d+)\./.exec(stdout)?.[1] ?? 0);
  } catch (error) {
    if (error instanceof ProgramError) return 0; // Not Node, or one that doesn't start.
    throw error;
  }
}
