// What the log says of a call of ntm: the command, how long it took, how it ended, and what it printed without prompts.
import type { Log } from "../../log";
import type { CommandLine } from "../../ntm/commandLine";
import type { ProgramOutput } from "../../util/program";

const maxLoggedCharacters = 8_000;

/** @param prompts texts that must not be logged, wherever they occur */
export function logNtmCall(
  log: Log,
  command: CommandLine,
  startedAt: number,
  { stdout, stderr }: ProgramOutput,
  exitCode: number | undefined,
  prompts: readonly string[],
): void {
  const end = exitCode === undefined ? "no exit code" : `exit code ${exitCode}`;
  log.info(`${JSON.stringify(command)}: ${end} after ${Date.now() - startedAt} ms`);
  for (const [name, text] of Object.entries({ stdout, stderr })) {
    const shown = withoutPrompts(text, prompts).trim();
    if (shown !== "") log.info(`${name}: ${shown.slice(0, maxLoggedCharacters)}`);
  }
}

/** Exported for its test. */
export function withoutPrompts(text: string, prompts: readonly string[]): string {
  // In JSON, under any key; the command of an agent may hold secrets.
  const hidden = text.replace(/("[^"\\]*(?:prompt|command|content)[^"\\]*"\s*:\s*)"(?:[^"\\]|\\.)*"/gi, '$1"…"');
  return prompts
    .flatMap((prompt) => [prompt, JSON.stringify(prompt).slice(1, -1)])
    .filter((prompt) => prompt.trim().length > 3)
    .reduce((rest, prompt) => rest.replaceAll(prompt, "…"), hidden);
}
