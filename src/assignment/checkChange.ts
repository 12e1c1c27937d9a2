// Validates changes that come from plain JavaScript, such as other extensions.
// Only zod's strings, objects and custom checks are used: its unions and enumerations would double the bundled size.
import * as z from "zod/mini";
import type { Change } from "./change";
import { isPaneId } from "./pane";

const text = z.string();
const beadId = text.check(z.refine((id) => id !== "", "expected an id"));
const statuses = ["assigned", "working", "completed", "failed", "reassigned", "claiming", "claimed"];
const status = text.check(z.refine((name) => statuses.includes(name), "expected a status"));
const dispatchOutcome = text.check(
  z.refine((name) => name === "arrived" || name === "lost", "expected arrived or lost"),
);
const isPaneIdText = (id: unknown): boolean => typeof id === "string" && isPaneId(id);
const target = {
  pane: z.custom<number>(Number.isSafeInteger, "expected a whole number"),
  agentType: text,
  agentName: text,
  paneId: z.optional(z.custom<string>(isPaneIdText, "expected a tmux pane id such as %3")),
};

const rowChange = z.object({ beadId });
const schemas: Readonly<Record<Change["kind"], z.ZodMiniType>> = {
  assign: z.object({ beadId, beadTitle: text, prompt: text, ...target }),
  reassign: z.object({ beadId, ...target }),
  updateStatus: z.object({ beadId, newStatus: status }),
  markWorking: rowChange,
  markCompleted: rowChange,
  markFailed: z.object({ beadId, reason: text }),
  retry: rowChange,
  resolveDispatch: z.object({ beadId, outcome: dispatchOutcome, note: z.optional(text) }),
  remove: rowChange,
  restore: z.object({ beadId, row: z.object({ bead_id: beadId, status: text }) }),
};

/** @throws {TypeError} if the value doesn't conform to its type */
export function checkChange(change: Change): void {
  const { kind } = change;
  if (!Object.hasOwn(schemas, kind)) throw new TypeError(`Not a change: ${kind}`);
  const issue = schemas[kind].safeParse(change).error?.issues[0];
  if (issue !== undefined) throw new TypeError(`Invalid ${kind}: ${issue.path.join(".")}: ${issue.message}`);
}
