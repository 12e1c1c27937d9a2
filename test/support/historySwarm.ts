// A ledger that a swarm changes, save by save, as ntm and the extension's own verbs do: what histories are recorded of.
import * as fc from "fast-check";
import { inOrder, type Assignment } from "../../src/assignment";
import type { LedgerView } from "../../src/history/recorder";

const operations = [
  "assign",
  "intend",
  "claim",
  "send",
  "sendFailed",
  "sent",
  "work",
  "complete",
  "fail",
  "retry",
  "reassign",
  "remove",
  "restore",
] as const;

type Operation = (typeof operations)[number];

/** Each save is one operation on one bead, some milliseconds after the one before. */
export const saves = fc
  .array(fc.tuple(fc.constantFrom("a", "b"), fc.constantFrom(...operations), fc.integer({ min: 1, max: 5_000 })), {
    minLength: 1,
    maxLength: 24,
  })
  .map((steps) => {
    const swarm = new Swarm();
    return steps.map(([beadId, operation, pause]) => swarm.save(beadId, operation, pause));
  });

class Swarm {
  private clock = Date.parse("2026-11-24T09:00:00Z");
  private readonly rows = new Map<string, Assignment>();
  private readonly removed = new Map<string, Assignment>();

  save(beadId: string, operation: Operation, pause: number): LedgerView {
    this.clock += pause;
    this.apply(beadId, operation, new Date(this.clock).toISOString());
    return {
      sessionName: "atlas",
      path: "/sessions/atlas/assignments.json",
      exists: true,
      isStale: false,
      health: { kind: "ok" },
      updatedAt: new Date(++this.clock).toISOString(),
      rows: inOrder(this.rows.values()),
    };
  }

  private apply(beadId: string, operation: Operation, now: string): void {
    const row = this.rows.get(beadId);
    const set = (fields: Partial<Assignment>): void => {
      this.rows.set(beadId, { ...row, ...fields } as Assignment);
    };
    const fresh = { bead_id: beadId, bead_title: "Title", pane: 1, agent_type: "claude", assigned_at: now } as const;
    const is = (...statuses: readonly string[]): boolean => row !== undefined && statuses.includes(row.status);
    switch (operation) {
      case "assign":
        this.rows.set(beadId, { ...fresh, status: "assigned" });
        break;
      case "intend":
        if (row !== undefined && !is("completed", "failed", "working")) return;
        this.rows.set(beadId, {
          ...fresh,
          status: "claiming",
          idempotency_key: `key ${now}`,
          dispatch_state: "pending",
        });
        break;
      case "claim":
        if (is("claiming")) set({ status: "claimed", claimed_at: now });
        break;
      case "send":
        if (is("claimed")) set({ dispatch_state: "sending", dispatch_started_at: now });
        break;
      case "sendFailed":
        if (row?.dispatch_state === "sending") set({ dispatch_state: "pending", last_dispatch_error: "busy" });
        break;
      case "sent":
        if (row?.dispatch_state === "sending") set({ status: "assigned", dispatch_state: "sent", dispatched_at: now });
        break;
      case "work":
        if (is("assigned")) set({ status: "working", started_at: now });
        break;
      case "complete":
        if (is("assigned", "working")) set({ status: "completed", completed_at: now });
        break;
      case "fail":
        if (is("assigned", "working")) set({ status: "failed", failed_at: now, fail_reason: `reason ${now}` });
        break;
      case "retry": {
        if (row?.status !== "failed" || row.idempotency_key !== undefined) return;
        const { bead_id, bead_title, pane, agent_type, assigned_at, retry_count = 0 } = row;
        const retried = { bead_id, bead_title, pane, agent_type, assigned_at, retry_count: retry_count + 1 };
        this.rows.set(beadId, { ...retried, status: "assigned" });
        break;
      }
      case "reassign":
        if (is("working")) this.rows.set(beadId, { ...fresh, pane: 2, status: "assigned" });
        break;
      case "remove":
        if (row !== undefined) this.removed.set(beadId, row);
        this.rows.delete(beadId);
        break;
      case "restore": {
        const last = this.removed.get(beadId);
        if (row === undefined && last !== undefined) this.rows.set(beadId, last);
        break;
      }
    }
  }
}
