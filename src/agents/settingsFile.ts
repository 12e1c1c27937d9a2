// An agent's settings on disk: where they are, what would change in them, and the change itself.
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { errorCode } from "../util/errorCode";
import { hookArguments, type HookedAgent } from "./hooks";
import { mergeHooks, removeHooks, HookSettingsError } from "./hookSettings";

export interface SettingsChange {
  /** As the agent names it. */
  readonly file: string;
  /** What is written: where `file` leads when it is a link, as those who keep their settings in a repository have it. */
  readonly target: string;
  /** Undefined where there is no such file yet. */
  readonly before: string | undefined;
  readonly after: string;
}

export interface AppliedChange {
  /** The file as it was; undefined where there was none, or nothing to change. */
  readonly backup: string | undefined;
}

/** The user's settings of an agent, `hooks.json` for Codex CLI; each agent has a variable that moves its folder. */
export function agentSettingsFile(agent: HookedAgent, home: string, env: NodeJS.ProcessEnv): string {
  const folder = (variable: string, otherwise: string): string => {
    const value = env[variable] ?? "";
    return value === "" ? otherwise : value;
  };
  switch (agent) {
    case "claude":
      return path.join(folder("CLAUDE_CONFIG_DIR", path.join(home, ".claude")), "settings.json");
    case "codex":
      return path.join(folder("CODEX_HOME", path.join(home, ".codex")), "hooks.json");
    case "gemini":
      return path.join(folder("GEMINI_CLI_HOME", home), ".gemini", "settings.json");
  }
}

/** The line for `config.toml` of a Codex CLI that is too old for hooks; it only reports that a turn has ended. */
export function codexNotifyLine(): string {
  // A TOML basic string has the escapes of a JSON string.
  const list = hookArguments({ state: "idle", reason: "-" }).map((argument) => JSON.stringify(argument));
  return `notify = [${list.join(", ")}]`;
}

/**
 * What merging the hooks into a settings file, or removing them from it, would change. Nothing is written.
 * @throws {HookSettingsError}
 */
export async function previewChange(
  agent: HookedAgent,
  file: string,
  action: "merge" | "remove",
): Promise<SettingsChange> {
  const target = await followLinks(file);
  const before = await read(target);
  try {
    const after = action === "merge" ? mergeHooks(agent, before ?? "") : removeHooks(before ?? "");
    return { file, target, before, after };
  } catch (error) {
    if (!(error instanceof HookSettingsError)) throw error;
    throw new HookSettingsError(error.problem, error.detail, file, { cause: error });
  }
}

/**
 * Writes what was previewed: a backup beside the file, then the new text in one step.
 * @throws {HookSettingsError} `changed` when the file is no longer what was previewed; it is left as it is
 */
export async function applyChange(change: SettingsChange, now: Date): Promise<AppliedChange> {
  const { file, target, before, after } = change;
  const current = await read(await followLinks(file));
  if (current !== before) throw new HookSettingsError("changed", "it is not what was previewed", file);
  if (after === (before ?? "")) return { backup: undefined };
  const stamp = now.toISOString().replace(/[-:.]/g, "");
  const temporary = `${target}.ntm-assignments-${process.pid}.tmp`;
  const backup = before === undefined ? undefined : `${target}.ntm-assignments-${stamp}`;
  try {
    await fs.mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    if (backup !== undefined) await fs.copyFile(target, backup, fs.constants.COPYFILE_EXCL);
    const mode = before === undefined ? 0o600 : (await fs.stat(target)).mode & 0o777;
    await writeNew(temporary, after, mode);
    await fs.rename(temporary, target);
  } catch (error) {
    await fs.rm(temporary, { force: true });
    throw new HookSettingsError("unwritable", errorCode(error), file, { cause: error });
  }
  return { backup };
}

async function writeNew(file: string, text: string, mode: number): Promise<void> {
  const handle = await fs.open(file, "wx", mode);
  try {
    await handle.chmod(mode); // Regardless of the umask.
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function followLinks(file: string): Promise<string> {
  try {
    return await fs.realpath(file);
  } catch (error) {
    if (errorCode(error) === "ELOOP") throw new HookSettingsError("not-a-file", "a link to itself", file);
    if (errorCode(error) !== "ENOENT") throw new HookSettingsError("unreadable", errorCode(error), file);
  }
  const isLink = await fs.lstat(file).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  );
  if (isLink) throw new HookSettingsError("not-a-file", "a link that leads nowhere", file);
  return file;
}

async function read(file: string): Promise<string | undefined> {
  const bytes = await readBytes(file);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new HookSettingsError("unparsable", "not UTF-8", file, { cause: error });
  }
}

const maxBytes = 16 * 1024 * 1024;

async function readBytes(file: string): Promise<Buffer | undefined> {
  try {
    const stats = await fs.stat(file);
    if (!stats.isFile()) throw new HookSettingsError("not-a-file", "a directory or a device", file);
    if (stats.size > maxBytes) throw new HookSettingsError("unparsable", "larger than any settings", file);
    return await fs.readFile(file);
  } catch (error) {
    if (error instanceof HookSettingsError) throw error;
    if (errorCode(error) === "ENOENT") return undefined;
    throw new HookSettingsError("unreadable", errorCode(error), file, { cause: error });
  }
}
