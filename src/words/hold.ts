// Why a hand must keep off a row: in a few words for its line in the tree, and in sentences when a step was refused.
import { l10n } from "vscode";
import type { Hold } from "../assignment";
import type { Explanation } from "./explanation";
import { plain } from "./plain";
import { age, clockTime } from "./time";

/** A few words, such as `leased: 2 files until 14:05` or `sending for 14m, attempt 1`. */
export function holdSummary(hold: Hold, now: number): string {
  switch (hold.code) {
    case "in-flight":
      return [forHowLong(stageWord(hold), age(hold.since, now)), attempt(hold.attempts)].filter(Boolean).join(", ");
    case "clearing":
      return forHowLong(
        hold.outcome === undefined ? l10n.t("being cleared") : l10n.t("ending as {0}", plain(hold.outcome)),
        age(hold.since, now),
      );
    case "outbox":
      return l10n.t("outcome not yet picked up");
    case "leased":
      return leaseSummary(hold.files, hold.until, now);
    case "atomic":
      return l10n.t("managed by ntm");
    case "unplaced":
      return l10n.t("no pane id");
  }
}

/** What ntm is doing with the bead, and what a person can do about it. */
export function holdExplanation(beadId: string, hold: Hold, now: number): Explanation {
  const bead = plain(beadId);
  switch (hold.code) {
    case "in-flight":
      return inFlight(bead, hold, now);
    case "clearing":
      return {
        sentence: withError(
          hold.outcome === undefined
            ? l10n.t("ntm is clearing {0} and releases its files.", bead)
            : l10n.t("ntm is ending {0} as {1} and releases its files and its claim.", bead, plain(hold.outcome)),
          hold.error,
        ),
        next:
          hold.outcome === undefined
            ? l10n.t("If it doesn't end, clear it with ntm again.")
            : l10n.t("A running “ntm assign --watch” or “ntm coordinator run” finishes it."),
        ...(hold.outcome === undefined && { offer: "copyNtmCommand" }),
      };
    case "outbox":
      return {
        sentence: l10n.t("The outcome of {0} waits to be picked up by ntm.", bead),
        next: l10n.t("Start “ntm assign --watch” in the session; then try again."),
      };
    case "leased":
      return {
        sentence: withError(
          l10n.t("Files are reserved for {0} ({1}), and only ntm can release them.", bead, holdSummary(hold, now)),
          hold.error,
        ),
        next: l10n.t("Clear it with ntm, or close the bead in the tracker while “ntm assign --watch” runs."),
        offer: "copyNtmCommand",
      };
    case "atomic":
      return {
        sentence: l10n.t("ntm claimed {0} in the tracker, so this step has to be done by ntm.", bead),
        next: l10n.t("Run the ntm command for it."),
        offer: "copyNtmCommand",
      };
    case "unplaced":
      return {
        sentence: l10n.t("{0} would become active without a tmux pane id, which stops ntm in this session.", bead),
        next: l10n.t("Choose a pane with an id such as %3, or let ntm assign the bead."),
      };
  }
}

type InFlight = Extract<Hold, { code: "in-flight" }>;

function inFlight(bead: string, hold: InFlight, now: number): Explanation {
  const sentence = withError(inFlightSentence(bead, hold, holdSummary(hold, now)), hold.error);
  if (hold.stage === "dispatch" && hold.isWaiting !== true) {
    return {
      sentence,
      next: l10n.t("Wait for it; if it hangs, look into the pane whether the prompt arrived."),
      offer: "openSessionTerminal",
    };
  }
  const next =
    hold.stage === "claim"
      ? l10n.t("Wait for it; if it hangs, clear it with ntm.")
      : l10n.t("Wait for it; if it hangs, retry or clear it with ntm.");
  return { sentence, next, offer: "copyNtmCommand" };
}

function inFlightSentence(bead: string, { stage, isWaiting }: InFlight, summary: string): string {
  if (isWaiting === true) return l10n.t("ntm has {0} in hand ({1}).", bead, summary);
  switch (stage) {
    case "claim":
      return l10n.t("ntm is claiming {0} in the tracker ({1}).", bead, summary);
    case "reserve":
      return l10n.t("ntm is reserving files for {0} ({1}).", bead, summary);
    case "dispatch":
      return l10n.t("ntm is sending the prompt of {0} to its pane ({1}).", bead, summary);
  }
}

function stageWord({ stage, isWaiting }: InFlight): string {
  switch (stage) {
    case "claim":
      return isWaiting === true ? l10n.t("waiting for its claim") : l10n.t("claiming");
    case "reserve":
      return isWaiting === true ? l10n.t("waiting for its files") : l10n.t("reserving");
    case "dispatch":
      return isWaiting === true ? l10n.t("waiting for its prompt") : l10n.t("sending");
  }
}

function leaseSummary(files: number, until: string | undefined, now: number): string {
  const time = until === undefined ? undefined : clockTime(until, now);
  if (files === 0 || until === undefined || time === undefined) return l10n.t("files reserved");
  const isOver = Date.parse(until) <= now;
  if (files === 1) {
    return isOver ? l10n.t("leased: 1 file, ran out at {0}", time) : l10n.t("leased: 1 file until {0}", time);
  }
  return isOver
    ? l10n.t("leased: {0} files, ran out at {1}", files, time)
    : l10n.t("leased: {0} files until {1}", files, time);
}

function forHowLong(what: string, howLong: string | undefined): string {
  return howLong === undefined ? what : l10n.t("{0} for {1}", what, howLong);
}

function attempt(attempts: number | undefined): string {
  return attempts === undefined || attempts === 0 ? "" : l10n.t("attempt {0}", attempts);
}

function withError(sentence: string, error: string | undefined): string {
  return error === undefined || error === ""
    ? sentence
    : `${sentence} ${l10n.t("It reported: “{0}”.", plain(error, 200))}`;
}
