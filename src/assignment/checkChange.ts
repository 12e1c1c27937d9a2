// Whether a change is one at all: plain JavaScript, and other extensions, can ask for anything.
import * as z from "zod/mini";
import type { Change } from "./change";
import { isPaneId } from "./pane";

const beadId = z.string().check(z.minLength(1));
const target = {
  pane: z.number().check(z.refine((value) => Number.isSafeInteger(value), "expected a whole number")),
  agentType: z.string(),
  agentName: z.string(),
  paneId: z.optional(z.string().check(z.refine(isPaneId, "expected a tmux pane id such as %3"))),
};
const statuses = ["assigned", "working", "completed", "failed", "reassigned", "claiming", "claimed"] as const;

const changeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("assign"), beadId, beadTitle: z.string(), prompt: z.string(), ...target }),
  z.object({ kind: z.literal("reassign"), beadId, ...target }),
  z.object({ kind: z.literal("updateStatus"), beadId, newStatus: z.enum(statuses) }),
  z.object({ kind: z.literal(["markWorking", "markCompleted", "retry", "remove"]), beadId }),
  z.object({ kind: z.literal("markFailed"), beadId, reason: z.string() }),
  z.object({ kind: z.literal("restore"), beadId, row: z.looseObject({ bead_id: beadId, status: z.string() }) }),
]);

/** Refuses what plain JavaScript callers may pass and TypeScript would not. @throws {TypeError} */
export function checkChange(change: Change): void {
  const result = changeSchema.safeParse(change);
  if (result.success) return;
  const issue = result.error.issues[0];
  throw new TypeError(`Invalid ${change.kind}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not a change"}`);
}
