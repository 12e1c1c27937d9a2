// What is known of a row besides its ledger: the status of its pane, the process that dispatches it, the tracker's state.

/** Why a row needs attention, the most urgent reason first. The table in `reasons.ts` has the words for each. */
export const attentionReasons = [
  /** Its agent waits for the user. */
  "waiting",
  /** It is `sending`, and no process is at it. */
  "stranded",
  /** Its status is failed. */
  "failed",
  /** Its agent reached a usage limit. */
  "usage-limit",
  /** Its pane is there, but its agent isn't. */
  "agent-exited",
  "pane-gone",
  /** Another row is in flight in the same live pane. */
  "shared-pane",
  /** ntm is in the middle of something with the row, and it went wrong. */
  "held",
  "closed-in-tracker",
  "deleted-in-tracker",
  /** The tracker says that the bead is open, or claimed under another name. */
  "claim-lost",
  /** The row has been in its status for longer than the settings allow. */
  "stuck",
] as const;

export type AttentionReason = (typeof attentionReasons)[number];

/** The reasons that come from outside the ledger. */
export type SignalReason = Exclude<AttentionReason, "failed" | "held" | "stuck">;

/** A reason with what is known of it. */
export interface Problem {
  readonly reason: AttentionReason;
  /** Milliseconds since 1970. */
  readonly since?: number | undefined;
  /** What a program or an agent says about it; sanitized where it is shown. For `usage-limit`: when it ends, in seconds since 1970. */
  readonly text?: string | undefined;
  /** For `stuck`: the experience that the threshold comes from; absent where a setting says it. */
  readonly experience?: Experience | undefined;
  /** When the snooze of the row ends, in milliseconds since 1970, infinite without a time; absent if it isn't snoozed. */
  readonly snoozedUntil?: number | undefined;
}

/** How long the completed beads of one kind of agent took, from which follows when one that works is stuck. */
export interface Experience {
  /** The agent type's canonical name. */
  readonly agentType: string;
  /** A row that works for longer is stuck. */
  readonly minutes: number;
  /** 90 % of the completed beads took less. */
  readonly usualMinutes: number;
  /** How many completed beads that is known from. */
  readonly beads: number;
}

export interface Signal extends Problem {
  readonly reason: SignalReason;
}

/** By bead. The value of a bead is another object whenever its signals changed. */
export type Signals = ReadonlyMap<string, readonly Signal[]>;

export const noSignals: Signals = new Map();

/** The beads whose signals aren't the same in both. */
export function changedSignals(before: Signals, after: Signals): ReadonlySet<string> {
  const changed = new Set<string>();
  if (before === after) return changed;
  for (const [beadId, signals] of after) if (before.get(beadId) !== signals) changed.add(beadId);
  for (const beadId of before.keys()) if (!after.has(beadId)) changed.add(beadId);
  return changed;
}
