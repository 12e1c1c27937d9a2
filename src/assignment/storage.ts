// Where ledgers live, and which names may become a part of a path.
import * as os from "node:os";
import * as path from "node:path";
import { InvalidSessionNameError } from "./errors";

/** `$HOME/.ntm/sessions`, or `<os temp>/ntm/sessions` when there is no home, as Go's `os.UserHomeDir` sees it. */
export function storageDir(): string {
  const home = process.platform === "win32" ? process.env["USERPROFILE"] : process.env["HOME"];
  return home === undefined || home === ""
    ? path.join(os.tmpdir(), "ntm", "sessions")
    : path.join(home, ".ntm", "sessions");
}

/** tmux's rule for session names, which also keeps `..`, `/` and NUL out of paths. */
export function isValidSessionName(sessionName: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(sessionName);
}

/** The primary copy of a session's ledger. @throws {InvalidSessionNameError} */
export function ledgerPath(sessionName: string, directory: string): string {
  if (!isValidSessionName(sessionName)) throw new InvalidSessionNameError(sessionName);
  return path.join(directory, sessionName, "assignments.json");
}
