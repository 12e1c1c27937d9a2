// The paths of ledgers, and which session names may become part of a path.
import * as os from "node:os";
import * as path from "node:path";
import { InvalidSessionNameError } from "./errors";

/** `$HOME/.ntm/sessions`, or `<os temp>/ntm/sessions` without a home folder, which is found as by Go's `os.UserHomeDir`. */
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
