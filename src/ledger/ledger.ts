// One session's ledger on disk as a reader sees it: no lock, nothing created, promoted or repaired. Writing is
// `ledgerWriter.ts`, which a reader never loads.
import { ledgerPaths, readPair, type LedgerPaths } from "./files";
import type { LedgerHealth } from "./health";
import { select, type Selection } from "./select";

const patience = { attempts: 3, delayMs: 20 };

export class Ledger {
  readonly paths: LedgerPaths;

  /** @param primary where the ledger is, inside `root` */
  constructor(
    readonly sessionName: string,
    root: string,
    primary: string,
  ) {
    this.paths = ledgerPaths(root, primary);
  }

  /** Reads both copies as they are; rows that didn't change since `previous` keep their identity. */
  async read(previous: Selection): Promise<Selection> {
    return lastingly(previous, async (known) => {
      const pair = await readPair(this.paths, known.pair);
      return pair === undefined ? busy(known) : select(pair, this.sessionName, known);
    });
  }
}

/** Reads until it isn't a moment of somebody's save that is seen, or lasts for too long to be one. */
export async function lastingly(
  previous: Selection,
  read: (known: Selection) => Selection | Promise<Selection>,
): Promise<Selection> {
  let known = previous;
  for (let attempt = 1; ; attempt++) {
    known = await read(known);
    if (!mayPass(known, previous) || attempt === patience.attempts) return known;
    await new Promise((resolve) => setTimeout(resolve, patience.delayMs));
  }
}

/** ntm before 1.20 takes no lock, and leaves no primary between its two renames: only when it lasts is that trouble. */
function mayPass({ health }: Selection, previous: Selection): boolean {
  const isOrphan = (state: LedgerHealth): boolean => {
    return state.kind !== "ok" && state.problem.code === "orphaned-backup";
  };
  return isOrphan(health) && !isOrphan(previous.health);
}

/** What is known stays shown while writers are too quick for us. */
function busy(known: Selection): Selection {
  const problem = {
    code: "busy",
    copy: "pair",
    message: "the ledger was saved again each time it was read",
    remedy: "wait",
  } as const;
  const health = known.snapshot
    ? ({ kind: "degraded", problem, readFrom: "primary" } as const)
    : ({ kind: "unreadable", problem } as const);
  return { ...known, health };
}
