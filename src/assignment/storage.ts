// The paths of ledgers, and which session names may become part of a path.
import * as os from "node:os";
import * as path from "node:path";
import { InvalidSessionNameError } from "./errors";

/** `$HOME/.ntm/sessions`, or `<temp>/ntm/sessions` without a home folder; both folders are found as by Go's `os` package. */
export function storageDir(): string {
  const home = process.platform === "win32" ? process.env["USERPROFILE"] : process.env["HOME"];
  return home === undefined || home === ""
    ? path.join(tempDir(), "ntm", "sessions")
    : path.join(home, ".ntm", "sessions");
}

/** As Go's `os.TempDir`, which asks other variables than Node's `os.tmpdir`. */
function tempDir(): string {
  const names = process.platform === "win32" ? ["TMP", "TEMP", "USERPROFILE"] : ["TMPDIR"];
  const found = names.map((name) => process.env[name] ?? "").find((value) => value !== "");
  return found ?? (process.platform === "win32" ? os.tmpdir() : "/tmp");
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
