// Whether a change is one at all: plain JavaScript, and other extensions, can ask for anything.
// Of zod only strings, objects and conditions of our own are used: unions, enumerations and the like weigh as much again.
import * as z from "zod/mini";
import type { Change } from "./change";
import { isPaneId } from "./pane";

const text = z.string();
const beadId = text.check(z.refine((id) => id !== "", "expected an id"));
const statuses = ["assigned", "working", "completed", "failed", "reassigned", "claiming", "claimed"];
const status = text.check(z.refine((name) => statuses.includes(name), "expected a status"));
const isAnyPaneId = (id: unknown): boolean => typeof id === "string" && isPaneId(id);
const target = {
  pane: z.custom<number>(Number.isSafeInteger, "expected a whole number"),
  agentType: text,
  agentName: text,
  paneId: z.optional(z.custom<string>(isAnyPaneId, "expected a tmux pane id such as %3")),
};

const ofRow = z.object({ beadId });
const schemas: Readonly<Record<Change["kind"], z.ZodMiniType>> = {
  assign: z.object({ beadId, beadTitle: text, prompt: text, ...target }),
  reassign: z.object({ beadId, ...target }),
  updateStatus: z.object({ beadId, newStatus: status }),
  markWorking: ofRow,
  markCompleted: ofRow,
  markFailed: z.object({ beadId, reason: text }),
  retry: ofRow,
  remove: ofRow,
  restore: z.object({ beadId, row: z.object({ bead_id: beadId, status: text }) }),
};

/** Refuses what plain JavaScript callers may pass and TypeScript would not. @throws {TypeError} */
export function checkChange(change: Change): void {
  const { kind } = change;
  if (!Object.hasOwn(schemas, kind)) throw new TypeError(`Not a change: ${kind}`);
  const issue = schemas[kind].safeParse(change).error?.issues[0];
  if (issue !== undefined) throw new TypeError(`Invalid ${kind}: ${issue.path.join(".")}: ${issue.message}`);
}
