// Every fact that the ledger has of a row, each with its name, in the order in which a person asks for them.
import { l10n } from "vscode";
import { rowHold, type Assignment, type Timestamp } from "../assignment";
import { assignmentFields } from "../assignment/assignment";
import { agentProductName } from "../session/agentType";
import { statusSince } from "../session/statusSince";
import { holdExplanation, statusWord } from "../words";
import { promptOf } from "./contextValue";
import { problemOf } from "./problem";
import { absoluteTime, relativeTime, spokenDuration } from "./spokenTime";
import { stagesOf, type Stage } from "./stages";

export interface Fact {
  readonly name: string;
  /** Data from agents may be in it. */
  readonly value: string;
}

export function factsOf(row: Assignment, isStuck: boolean, now: number): readonly Fact[] {
  const time = (timestamp: Timestamp | undefined): string => timeFact(timestamp, now);
  const facts: readonly (readonly [name: string, value: string | number | undefined])[] = [
    [l10n.t("Status"), statusFact(row, isStuck, now)],
    [l10n.t("Locked"), holdFact(row, now)],
    [l10n.t("Stage"), stageFact(stagesOf(row))],
    [l10n.t("Reason"), problemOf(row)],
    [
      l10n.t("Pane"),
      [row.pane, row.occupancy_key ?? row.dispatch_target].filter((part) => part !== undefined).join(" · "),
    ],
    [l10n.t("Agent"), [agentProductName(row.agent_type) ?? row.agent_type, row.agent_name].filter(Boolean).join(" · ")],
    [l10n.t("Assigned"), time(row.assigned_at)],
    [l10n.t("Started"), time(row.started_at)],
    [l10n.t("Completed"), time(row.completed_at)],
    [l10n.t("Failed"), time(row.failed_at)],
    [l10n.t("Retries"), row.retry_count],
    [l10n.t("Prompt"), promptFact(row)],
    [l10n.t("Claim"), listed(row.claim_state, row.claim_status, row.claim_actor, attempts(row.claim_attempts))],
    [l10n.t("Claim begun"), time(row.claim_started_at)],
    [l10n.t("Claimed"), time(row.claimed_at)],
    [l10n.t("Claim error"), row.claim_error],
    [l10n.t("Reservation"), reservationFact(row)],
    [l10n.t("Reservation begun"), time(row.reservation_started_at)],
    [l10n.t("Files named"), row.reservation_input_paths?.join(", ")],
    [l10n.t("Reserved files"), row.reserved_paths?.join(", ")],
    [l10n.t("Reserved until"), time(row.reservation_expires_at)],
    [l10n.t("Reservation error"), row.reservation_error],
    [l10n.t("Dispatch"), listed(row.dispatch_state, row.dispatch_target, attempts(row.dispatch_attempts))],
    [l10n.t("Dispatch begun"), time(row.dispatch_started_at)],
    [l10n.t("Dispatched"), listed(time(row.dispatched_at), took(row.dispatch_duration), row.dispatch_receipt_id)],
    [l10n.t("Dispatch error"), row.last_dispatch_error],
    [l10n.t("Clearing"), listed(row.clear_state, time(row.clear_started_at), row.clear_error)],
    [l10n.t("Will end as"), listed(row.pending_terminal_status, row.pending_terminal_reason)],
    [l10n.t("Completion event"), listed(row.pending_completion_event_id, time(row.completion_detected_at))],
    [l10n.t("Event leased until"), time(row.completion_lease_expires_at)],
    [l10n.t("Idempotency key"), row.idempotency_key],
    ...unknownFacts(row),
  ];
  return facts
    .filter(([, value]) => value !== undefined && value !== "" && value !== 0)
    .map(([name, value]) => ({ name, value: String(value) }));
}

function statusFact(row: Assignment, isStuck: boolean, now: number): string {
  return listed(statusWord(row.status), timeFact(statusSince(row), now), isStuck ? l10n.t("stuck") : undefined);
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
    attempts(row.reservation_attempts),
  );
}

function attempts(count: number | undefined): string | undefined {
  return count === undefined || count === 0 ? undefined : l10n.t("attempts: {0}", count);
}

function took(nanoseconds: number | undefined): string | undefined {
  if (nanoseconds === undefined) return undefined;
  const milliseconds = nanoseconds / 1_000_000;
  return l10n.t("took {0}", milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : spokenDuration(milliseconds));
}

function timeFact(timestamp: Timestamp | undefined, now: number): string {
  const time = timestamp === undefined ? Number.NaN : Date.parse(timestamp);
  // Go's zero time stands for none.
  return Number.isNaN(time) || time < 0 ? "" : `${relativeTime(time, now)}, ${absoluteTime(time)}`;
}

/** What a later ntm writes and this version doesn't know. */
function unknownFacts(row: Assignment): [name: string, value: string][] {
  return Object.entries(row)
    .filter(([name]) => !Object.hasOwn(assignmentFields, name))
    .map(([name, value]) => [name, JSON.stringify(value)]);
}

function listed(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(" · ");
}
