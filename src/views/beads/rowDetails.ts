// Every field that the ledger has of a row, with its name, the most important first.
import { l10n } from "vscode";
import { assignmentFields, epochMilliseconds, rowHold, type Assignment, type Timestamp } from "../../assignment";
import { holdExplanation, statusWord, wholeNumber, sanitize } from "../../messages";
import { reasons } from "../../messages/reasons";
import { absoluteTime, relativeTime, longDuration } from "../../messages/time";
import { agentProductName } from "../../session/agentType";
import type { Problem } from "../../session/attentionReason";
import { promptOf, rowError, statusSince } from "../../session/rowFacts";
import type { TrackedBead } from "../../tracker/issue";
import { stagesOf, type Stage } from "./stages";
import { type BeadContext, previousOwners } from "./tooltip";

/** Names the detail in code; `label` is what the user reads. */
export type DetailName =
  | "status"
  | "locked"
  | "stage"
  | "reason"
  | "pane"
  | "agent"
  | "assigned"
  | "started"
  | "completed"
  | "failed"
  | "retries"
  | "prompt"
  | "claim"
  | "claim-begun"
  | "claimed"
  | "claim-error"
  | "reservation"
  | "reservation-begun"
  | "files-named"
  | "reserved-files"
  | "reserved-until"
  | "reservation-error"
  | "dispatch"
  | "dispatch-begun"
  | "dispatched"
  | "dispatch-error"
  | "clearing"
  | "will-end-as"
  | "completion-event"
  | "event-leased-until"
  | "idempotency-key"
  | "tracker"
  | "tracker-assignee"
  | "waits-for"
  | "unknown-field";

export interface Detail {
  readonly name: DetailName;
  readonly label: string;
  /** Data from agents may be in it. */
  readonly value: string;
}

/** @param facts what the tracker says, if that is known */
export function rowDetails(
  row: Assignment,
  problem: Problem | undefined,
  now: number,
  facts?: TrackedBead,
): readonly Detail[] {
  const time = (timestamp: Timestamp | undefined): string => timeFact(timestamp, now);
  const details: readonly (readonly [name: DetailName, label: string, value: string | number | undefined])[] = [
    ["status", l10n.t("Status"), statusFact(row, problem, now)],
    ["locked", l10n.t("Locked"), holdFact(row, now)],
    ["stage", l10n.t("Stage"), stageFact(stagesOf(row))],
    ["reason", l10n.t("Reason"), rowError(row)],
    ["pane", l10n.t("Pane"), listed(String(row.pane), row.occupancy_key ?? row.dispatch_target)],
    ["agent", l10n.t("Agent"), listed(agentProductName(row.agent_type) ?? row.agent_type, row.agent_name)],
    ["assigned", l10n.t("Assigned"), time(row.assigned_at)],
    ["started", l10n.t("Started"), time(row.started_at)],
    ["completed", l10n.t("Completed"), time(row.completed_at)],
    ["failed", l10n.t("Failed"), time(row.failed_at)],
    ["retries", l10n.t("Retries"), (row.retry_count ?? 0) === 0 ? 0 : wholeNumber(row.retry_count ?? 0)],
    ["prompt", l10n.t("Prompt"), promptFact(row)],
    [
      "claim",
      l10n.t("Claim"),
      listed(row.claim_state, row.claim_status, row.claim_actor, attemptsText(row.claim_attempts)),
    ],
    ["claim-begun", l10n.t("Claim begun"), time(row.claim_started_at)],
    ["claimed", l10n.t("Claimed"), time(row.claimed_at)],
    ["claim-error", l10n.t("Claim error"), row.claim_error],
    ["reservation", l10n.t("Reservation"), reservationFact(row)],
    ["reservation-begun", l10n.t("Reservation begun"), time(row.reservation_started_at)],
    ["files-named", l10n.t("Files named"), row.reservation_input_paths?.join(", ")],
    ["reserved-files", l10n.t("Reserved files"), row.reserved_paths?.join(", ")],
    ["reserved-until", l10n.t("Reserved until"), time(row.reservation_expires_at)],
    ["reservation-error", l10n.t("Reservation error"), row.reservation_error],
    [
      "dispatch",
      l10n.t("Dispatch"),
      listed(row.dispatch_state, row.dispatch_target, attemptsText(row.dispatch_attempts)),
    ],
    ["dispatch-begun", l10n.t("Dispatch begun"), time(row.dispatch_started_at)],
    [
      "dispatched",
      l10n.t("Dispatched"),
      listed(time(row.dispatched_at), took(row.dispatch_duration), row.dispatch_receipt_id),
    ],
    ["dispatch-error", l10n.t("Dispatch error"), row.last_dispatch_error],
    ["clearing", l10n.t("Clearing"), listed(row.clear_state, time(row.clear_started_at), row.clear_error)],
    ["will-end-as", l10n.t("Will end as"), listed(row.pending_terminal_status, row.pending_terminal_reason)],
    [
      "completion-event",
      l10n.t("Completion event"),
      listed(row.pending_completion_event_id, time(row.completion_detected_at)),
    ],
    ["event-leased-until", l10n.t("Event leased until"), time(row.completion_lease_expires_at)],
    ["idempotency-key", l10n.t("Idempotency key"), row.idempotency_key],
    ["tracker", l10n.t("Tracker"), trackerFact(facts)],
    ["tracker-assignee", l10n.t("Assignee in the tracker"), facts?.assignee],
    ["waits-for", l10n.t("Waits for"), facts?.waitsFor.map(({ id, title }) => `${id} ${title}`.trim()).join(", ")],
    ...unknownFields(row),
  ];
  return details
    .filter(([, , value]) => value !== undefined && value !== "" && value !== 0)
    .map(([name, label, value]) => ({ name, label, value: String(value) }));
}

function statusFact(row: Assignment, problem: Problem | undefined, now: number): string {
  return listed(
    statusWord(row.status),
    timeFact(statusSince(row), now),
    problem === undefined ? undefined : reasons[problem.reason].mark(problem, now),
  );
}

function holdFact(row: Assignment, now: number): string | undefined {
  const hold = rowHold(row);
  if (hold === undefined) return undefined;
  const { sentence, next } = holdExplanation(row.bead_id, hold, now);
  return `${sentence} ${next}`;
}

function stageFact(stages: readonly Stage[] | undefined): string | undefined {
  return stages
    ?.filter(({ state }) => state !== "left-out")
    .map(({ name, state }) => `${stageWord(name)} ${stateWord(state)}`.trim())
    .join(" → ");
}

function stageWord(name: Stage["name"]): string {
  switch (name) {
    case "claim":
      return l10n.t("claim");
    case "reserve":
      return l10n.t("reserve files");
    case "dispatch":
      return l10n.t("send prompt");
    case "work":
      return l10n.t("work");
  }
}

function stateWord(state: Stage["state"]): string {
  switch (state) {
    case "done":
      return "✓";
    case "under-way":
      return l10n.t("(under way)");
    case "hanging":
      return l10n.t("(hangs here)");
    case "to-come":
    case "left-out":
      return "";
  }
}

function promptFact(row: Assignment): string {
  const prompt = promptOf(row);
  if (prompt === "") return "";
  const lines = prompt.split("\n").length;
  const size =
    lines === 1 ? l10n.t("{0} characters", prompt.length) : l10n.t("{0} characters in {1} lines", prompt.length, lines);
  return row.prompt_sent === undefined ? l10n.t("{0}, not sent yet", size) : size;
}

function reservationFact(row: Assignment): string {
  return listed(
    row.reservation_state,
    row.reservation_agent,
    row.reservation_target,
    row.reservation_ids?.map((id) => `#${id}`).join(", "),
    row.reservation_requested === undefined
      ? undefined
      : l10n.t("requested: {0}", row.reservation_requested.join(", ")),
    attemptsText(row.reservation_attempts),
  );
}

function attemptsText(count: number | undefined): string | undefined {
  return count === undefined || count === 0 ? undefined : l10n.t("attempts: {0}", count);
}

function took(nanoseconds: number | undefined): string | undefined {
  if (nanoseconds === undefined) return undefined;
  const milliseconds = nanoseconds / 1_000_000;
  return l10n.t("took {0}", milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : longDuration(milliseconds));
}

function timeFact(timestamp: Timestamp | undefined, now: number): string {
  const time = epochMilliseconds(timestamp);
  return time === undefined ? "" : `${relativeTime(time, now)}, ${absoluteTime(time)}`;
}

/** Such as `in_progress · P1 · bug · api, urgent`: the tracker's own words. */
function trackerFact(facts: TrackedBead | undefined): string {
  if (facts === undefined) return "";
  const { status, priority, issueType, labels, mayLag = false } = facts;
  const line = listed(status, priority === undefined ? undefined : `P${priority}`, issueType, labels.join(", "));
  return mayLag ? l10n.t("{0} (may be out of date)", line) : line;
}

/** What a later ntm writes and this version doesn't know. */
function unknownFields(row: Assignment): (readonly [name: DetailName, label: string, value: string])[] {
  return Object.entries(row)
    .filter(([name]) => !Object.hasOwn(assignmentFields, name))
    .map(([name, value]) => ["unknown-field", name, JSON.stringify(value)]);
}

function listed(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(" · ");
}

export function detailsText(
  row: Assignment,
  problem: Problem | undefined,
  now: number,
  { facts, events = [] }: BeadContext = {},
): string {
  const details = rowDetails(row, problem, now, facts);
  const owners = previousOwners(row, events, now);
  const width = Math.max(...details.map(({ label }) => label.length));
  const lines = details.map(({ label, value }) => `${`${label}:`.padEnd(width + 2)}${sanitize(value, 10_000)}`);
  const prompt = promptOf(row);
  return [
    `${sanitize(row.bead_id, 200)} ${sanitize(row.bead_title, 2000)}`.trimEnd(),
    lines.join("\n"),
    ...(owners.length === 0 ? [] : [[`${l10n.t("Previous owners")}:`, ...owners.map((one) => `  ${one}`)].join("\n")]),
    ...(prompt === "" ? [] : [`${l10n.t("Prompt")}:`, prompt]),
  ].join("\n\n");
}
