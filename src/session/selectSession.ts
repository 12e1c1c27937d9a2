// Selects the session that the views show.
import { type SessionEntry, projectOf } from "./sessionList";

export interface SelectionInput {
  readonly entries: readonly SessionEntry[];
  /** The session that the user switched to in this window. */
  readonly chosen: string | undefined;
  /** The session pinned to the workspace. */
  readonly pinned: string | undefined;
  /** The session shown now; it is replaced only by one with a higher precedence. */
  readonly current: string | undefined;
  /** The names of the workspace's folders. */
  readonly folders: readonly string[];
}

/**
 * The session that the user switched to; else the pinned one, even before it has a ledger; else one named like a
 * workspace folder, or a labelled one of that name; else the one saved last.
 */
export function selectSession({ entries, chosen, pinned, current, folders }: SelectionInput): string | undefined {
  const usable = entries.filter((entry) => entry.problem?.kind !== "illegal-name");
  if (chosen !== undefined && usable.some((entry) => entry.sessionName === chosen)) return chosen;
  if (pinned !== undefined) return pinned;
  for (const folder of folders) {
    const match =
      usable.find((entry) => entry.sessionName === folder) ??
      shownOrLatest(
        usable.filter((entry) => projectOf(entry.sessionName) === folder),
        current,
      );
    if (match !== undefined) return match.sessionName;
  }
  return shownOrLatest(usable, current)?.sessionName;
}

/** Among equals, the current session, else the one saved last: the view doesn't change whenever another swarm saves. */
function shownOrLatest(entries: readonly SessionEntry[], current: string | undefined): SessionEntry | undefined {
  const shown = entries.find((entry) => entry.sessionName === current);
  if (shown !== undefined) return shown;
  return entries.reduce<SessionEntry | undefined>(
    (latest, entry) => (latest === undefined || (entry.savedAt ?? 0) > (latest.savedAt ?? 0) ? entry : latest),
    undefined,
  );
}
