// Which session the views show, when nobody says so every time.
import type { SessionEntry } from "./sessionList";
import { projectOf } from "./sessionName";

export interface Circumstances {
  readonly entries: readonly SessionEntry[];
  /** What the person switched to in this window. */
  readonly chosen: string | undefined;
  /** What is pinned to the workspace. */
  readonly pinned: string | undefined;
  /** What is shown at the moment: it stays, unless something has a better claim than it had. */
  readonly current: string | undefined;
  /** The names of the workspace's folders. */
  readonly folders: readonly string[];
}

/**
 * The one the person switched to; else the pinned one, even before it has a ledger; else one named like a workspace
 * folder, or a labelled one of that name; else the one saved last.
 */
export function chooseSession({ entries, chosen, pinned, current, folders }: Circumstances): string | undefined {
  const usable = entries.filter((entry) => entry.trouble?.kind !== "illegal-name");
  if (chosen !== undefined && usable.some((entry) => entry.sessionName === chosen)) return chosen;
  if (pinned !== undefined) return pinned;
  for (const folder of folders) {
    const match =
      usable.find((entry) => entry.sessionName === folder) ??
      steadiest(
        usable.filter((entry) => projectOf(entry.sessionName) === folder),
        current,
      );
    if (match !== undefined) return match.sessionName;
  }
  return steadiest(usable, current)?.sessionName;
}

/** Of equals, the one that is shown already, else the one saved last: the view doesn't jump whenever another swarm saves. */
function steadiest(entries: readonly SessionEntry[], current: string | undefined): SessionEntry | undefined {
  const shown = entries.find((entry) => entry.sessionName === current);
  if (shown !== undefined) return shown;
  return entries.reduce<SessionEntry | undefined>(
    (latest, entry) => (latest === undefined || (entry.savedAt ?? 0) > (latest.savedAt ?? 0) ? entry : latest),
    undefined,
  );
}
