// What modules need of the log, so that they run without the editor.
import type { LogOutputChannel } from "vscode";

export type Log = Pick<LogOutputChannel, "debug" | "info" | "warn" | "error">;
