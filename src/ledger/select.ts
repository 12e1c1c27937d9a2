// Which copy counts. For writing, as strict as today's ntm; for showing, the best readable copy.
import { decodeLedger, type Decoded } from "./codec";
import type { CopyOnDisk, Pair } from "./files";
import type { Copy, LedgerProblem, ProblemCode, Remedy, LedgerHealth } from "./health";
import type { LedgerSnapshot } from "./snapshot";

/** Decides as ntm does (`docs/ledger.md`, "Which copy counts"), with one difference: a schema 1 backup may be the previous save. */
export function select(pair: Pair, sessionName: string, previous: Selection): Selection {
  // During a save the new backup is often read before the new primary, which then has the same bytes.
  const known = hasSameBytes(pair.primary, previous.pair.backup) ? "backup" : "primary";
  const primary = decode(pair.primary, previous.pair[known], previous.decoded[known], sessionName, previous.snapshot);
  const backup = hasSameBytes(pair.primary, pair.backup)
    ? primary
    : decode(pair.backup, previous.pair.backup, previous.decoded.backup, sessionName, primary?.snapshot);
  const decoded = { primary, backup };
  const verdict = judge(primary, backup);
  if (!("problem" in verdict)) return { pair, decoded, health: { kind: "ok" }, ...verdict };
  return { pair, decoded, promotesBackup: false, ...show(verdict.problem, primary, backup) };
}

type Verdict = Pick<Selection, "snapshot" | "promotesBackup"> | { readonly problem: LedgerProblem };

function judge(primary: Decoded | undefined, backup: Decoded | undefined): Verdict {
  if (primary?.fault) return { problem: invalid("primary", primary.fault, backup) };
  if (backup?.fault) return { problem: invalid("backup", backup.fault, primary) };
  const usePrimary = { snapshot: primary?.snapshot, promotesBackup: false };
  if (!backup?.snapshot || backup === primary) return usePrimary;
  const useBackup = { snapshot: backup.snapshot, promotesBackup: true };

  const ahead = backup.snapshot.generation;
  if (!primary?.snapshot) {
    if (ahead === 1n) return useBackup;
    const message = `primary ledger is missing while backup generation is ${String(ahead)}, want initial generation 1`;
    return { problem: { code: "orphaned-backup", copy: "pair", message, remedy: "promote-backup" } };
  }
  const base = primary.snapshot.generation;
  if (ahead < base) return usePrimary;
  if (ahead === base + 1n) return useBackup;
  if (ahead > base) {
    const message = `backup generation ${String(ahead)} is not the immediate successor of primary generation ${String(base)}`;
    return { problem: { code: "generation-gap", copy: "pair", message, remedy: "inspect" } };
  }
  if (isPreviousSave(backup.snapshot, primary.snapshot)) return usePrimary;
  const message = `primary and backup diverge at persistence generation ${String(base)}`;
  return { problem: { code: "diverged", copy: "pair", message, remedy: "publish-primary" } };
}

/**
 * In schema 1 the backup is the previous save, so the copies always differ. Their times don't say which is newer: the clock may
 * have been put back between two saves.
 */
function isPreviousSave(backup: LedgerSnapshot, primary: LedgerSnapshot): boolean {
  return backup.version === 1 && primary.version === 1;
}

function hasSameBytes(a: CopyOnDisk, b: CopyOnDisk): boolean {
  return a.kind === "file" && b.kind === "file" && a.bytes.equals(b.bytes);
}

function decode(
  copy: CopyOnDisk,
  before: CopyOnDisk,
  decodedBefore: Decoded | undefined,
  sessionName: string,
  previous: LedgerSnapshot | undefined,
): Decoded | undefined {
  if (copy === before || hasSameBytes(copy, before)) return decodedBefore;
  switch (copy.kind) {
    case "absent":
      return undefined;
    case "problem":
      return { fault: { code: copy.code, message: copy.message, ...(copy.size !== undefined && { size: copy.size }) } };
    case "file":
      return decodeLedger(copy.bytes, sessionName, previous);
  }
}

function invalid(copy: Copy, fault: NonNullable<Decoded["fault"]>, other: Decoded | undefined): LedgerProblem {
  const otherIsGood = other?.snapshot !== undefined && other.fault === undefined;
  return {
    code: fault.code,
    copy,
    message: `invalid ${copy} ledger: ${fault.message}`,
    remedy: remedyFor(fault.code, copy, otherIsGood),
    ...(fault.size !== undefined && { size: fault.size }),
  };
}

function remedyFor(code: ProblemCode, copy: Copy, otherIsGood: boolean): Remedy {
  switch (code) {
    case "newer-schema":
      return "update-extension";
    case "no-permission":
      return "check-permissions";
    case "not-a-file":
      return "remove-obstacle";
    case "outside-storage":
    case "symbolic-link":
      return "replace-link";
    case "too-large":
      return "make-smaller";
    case "input-output":
    case "foreign-session":
      return "inspect";
    case "busy":
      return "wait";
    default:
      if (!otherIsGood) return "inspect";
      return copy === "primary" ? "promote-backup" : "publish-primary";
  }
}

/** The best readable copy: a primary of a newer schema, then a copy without fault, then any that can be decoded. */
function show(
  problem: LedgerProblem,
  primary: Decoded | undefined,
  backup: Decoded | undefined,
): Pick<Selection, "health" | "snapshot"> {
  const candidates = [
    { readFrom: "primary", decoded: primary, rank: primary?.fault?.code === "newer-schema" ? 3 : undefined },
    { readFrom: "backup", decoded: backup, rank: problem.code === "generation-gap" ? 3 : undefined },
  ] as const;
  let best: { readFrom: Copy; snapshot: LedgerSnapshot; rank: number } | undefined;
  for (const { readFrom, decoded, rank = decoded?.fault ? 1 : 2 } of candidates) {
    if (!decoded?.snapshot || rank <= (best?.rank ?? 0)) continue;
    best = { readFrom, snapshot: decoded.snapshot, rank };
  }
  if (!best) return { snapshot: undefined, health: { kind: "unreadable", problem } };
  return { snapshot: best.snapshot, health: { kind: "degraded", problem, readFrom: best.readFrom } };
}

/** The result of reading a pair of copies. */
export interface Selection {
  readonly pair: Pair;
  /** The decoded copies, so that an unchanged copy is decoded once. */
  readonly decoded: { readonly primary: Decoded | undefined; readonly backup: Decoded | undefined };
  readonly health: LedgerHealth;
  /** The content to show; `undefined` if there is none. */
  readonly snapshot: LedgerSnapshot | undefined;
  /** Whether the backup is a newer save that its writer didn't publish: it must be promoted before the next write. */
  readonly promotesBackup: boolean;
}

/** No ledger at all. */
export const emptySelection: Selection = {
  pair: { primary: { kind: "absent" }, backup: { kind: "absent" } },
  decoded: { primary: undefined, backup: undefined },
  health: { kind: "ok" },
  snapshot: undefined,
  promotesBackup: false,
};
