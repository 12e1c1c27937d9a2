// How long the completed beads of each kind of agent took, kept up to date as the history grows. Doesn't use the editor.
import { stuckByExperience, workingTimes } from "../../history/durations";
import { assignmentsOfBead } from "../../history/recordedAssignment";
import type { HistoryChange, HistoryRecorder } from "../../history/recorder";
import type { Experience } from "../../session/attentionReason";
import { canonicalAgentType } from "../../session/agentType";
import type { Disposable } from "../../util/event";

const minuteMs = 60_000;

/** Changes within this time are worked out together. */
const settleMs = 250;

export class Experiences implements Disposable {
  /** By bead, how long its completed assignments worked, with their kinds of agents. */
  private readonly times = new Map<string, readonly (readonly [kind: string, workedMs: number])[]>();
  private readonly subscription: Disposable;
  private timer: NodeJS.Timeout | undefined;
  private known: readonly Experience[] = [];

  /** @param changed is called after another experience follows from the history */
  constructor(
    private readonly recorder: Pick<HistoryRecorder, "history" | "onDidChange">,
    private readonly changed: () => void,
  ) {
    this.subscription = recorder.onDidChange((change) => {
      this.learn(change);
    });
    this.learn({ history: recorder.history, added: [] });
  }

  get current(): readonly Experience[] {
    return this.known;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
  }

  private learn({ history, added }: HistoryChange): void {
    if (added.length === 0) {
      // Another session, or a history that was cleared.
      this.times.clear();
      for (const [beadId, events] of history.beads) {
        if (events.some(({ kind }) => kind === "completed")) this.note(beadId);
      }
    }
    const completed = new Set(added.filter(({ kind }) => kind === "completed").map(({ beadId }) => beadId));
    for (const beadId of completed) this.note(beadId);
    if (added.length > 0 && completed.size === 0) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.conclude();
    }, settleMs);
  }

  private note(beadId: string): void {
    const assignments = assignmentsOfBead(this.recorder.history.ofBead(beadId));
    const times = assignments.flatMap((assignment) =>
      workingTimes([assignment]).map((worked) => [canonicalAgentType(assignment.agentType), worked] as const),
    );
    this.times.set(beadId, times);
  }

  private conclude(): void {
    const kinds = new Map<string, number[]>();
    for (const [kind, worked] of [...this.times.values()].flat()) {
      const others = kinds.get(kind);
      if (others === undefined) kinds.set(kind, [worked]);
      else others.push(worked);
    }
    const experiences = [...kinds].flatMap(([agentType, times]): readonly Experience[] => {
      const limit = stuckByExperience(times);
      if (limit === undefined) return [];
      // What took the longest of the usual times took less than the next whole minute.
      const usualMinutes = Math.floor(limit.usualMs / minuteMs) + 1;
      return [{ agentType, minutes: Math.ceil(limit.limitMs / minuteMs), usualMinutes, beads: limit.beads }];
    });
    if (JSON.stringify(experiences) === JSON.stringify(this.known)) return;
    this.known = experiences;
    this.changed();
  }
}
