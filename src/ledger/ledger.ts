// Reads one session's ledger on disk: takes no lock, and creates, promotes or repairs nothing. Writing is in
// `ledgerWriter.ts`, which readers never load.
import { readPair } from "./files";
import type { LedgerHealth } from "./health";
import { ledgerPaths, type LedgerPaths } from "./paths";
import { select } from "./select";
import type { Selection } from "./selection";

const rereading = { attempts: 3, delayMs: 20 };

export class Ledger {
  readonly paths: LedgerPaths;

  /** @param primary path of the ledger, inside `root` */
  constructor(
    readonly sessionName: string,
    root: string,
    primary: string,
  ) {
    this.paths = ledgerPaths(root, primary);
  }

  /** Reads both copies; rows that didn't change since `previous` keep their identity. */
  async read(previous: Selection): Promise<Selection> {
    return readSettled(previous, async (known) => {
      const pair = await readPair(this.paths, known.pair);
      return pair === undefined ? busy(known) : select(pair, this.sessionName, known);
    });
  }
}

/** Reads again while the state may be an intermediate one of another process's save, a limited number of times. */
export async function readSettled(
  previous: Selection,
  read: (known: Selection) => Selection | Promise<Selection>,
): Promise<Selection> {
  let known = previous;
  for (let attempt = 1; ; attempt++) {
    known = await read(known);
    if (!mayBeTransient(known, previous) || attempt === rereading.attempts) return known;
    await new Promise((resolve) => setTimeout(resolve, rereading.delayMs));
  }
}

/** ntm before 1.20 takes no lock, and between its two renames there is no primary: that is a problem only if it persists. */
function mayBeTransient({ health }: Selection, previous: Selection): boolean {
  const isOrphan = (state: LedgerHealth): boolean => {
    return state.kind !== "ok" && state.problem.code === "orphaned-backup";
  };
  return isOrphan(health) && !isOrphan(previous.health);
}

/** Keeps the last known content when no consistent pair could be read. */
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
