// Why ntm holds a row: a short phrase for the tree, and sentences for a refused transition.
import { l10n } from "vscode";
import { epochMilliseconds, type Hold } from "../assignment";
import type { Explanation } from "./error";
import { sanitize } from "./sanitize";
import { age, clockTime } from "./time";

/** One to four words for a line that is cut off early, such as `sending 14m` or `leased until 14:05`. */
export function holdMark(hold: Hold, now: number): string {
  switch (hold.code) {
    case "in-flight":
      return [stageWord(hold), age(hold.since, now) ?? ""].join(" ").trim();
    case "clearing": {
      const word =
        hold.outcome === undefined ? l10n.t("clearing") : l10n.t("ending as {0}", sanitize(hold.outcome, 20));
      return [word, age(hold.since, now) ?? ""].join(" ").trim();
    }
    case "outbox":
      return l10n.t("outcome not picked up");
    case "leased": {
      const time = hold.until === undefined ? undefined : clockTime(hold.until, now);
      if (time === undefined || hold.until === undefined) return l10n.t("files reserved");
      return isOver(hold.until, now) ? l10n.t("lease expired {0}", time) : l10n.t("leased until {0}", time);
    }
    case "atomic":
    case "unplaced":
    case "no-id":
      return "";
  }
}

/** A few words, such as `leased: 2 files until 14:05` or `sending for 14m, attempt 1`. */
export function holdSummary(hold: Hold, now: number): string {
  switch (hold.code) {
    case "in-flight":
      return [forHowLong(stageWord(hold), age(hold.since, now)), attemptNumber(hold.attempts)]
        .filter(Boolean)
        .join(", ");
    case "clearing":
      return forHowLong(
        hold.outcome === undefined ? l10n.t("being cleared") : l10n.t("ending as {0}", sanitize(hold.outcome)),
        age(hold.since, now),
      );
    case "outbox":
      return l10n.t("result not yet processed");
    case "leased":
      return leaseSummary(hold.files, hold.until, now);
    case "atomic":
      return l10n.t("managed by ntm");
    case "unplaced":
      return l10n.t("no pane ID");
    case "no-id":
      return l10n.t("no bead ID");
  }
}

/** What ntm is doing with the bead, and what the user can do about it. */
export function holdExplanation(beadId: string, hold: Hold, now: number): Explanation {
  const bead = sanitize(beadId);
  switch (hold.code) {
    case "in-flight":
      return inFlight(bead, hold, now);
    case "clearing":
      return {
        sentence: withError(
          hold.outcome === undefined
            ? l10n.t("ntm is clearing {0} and releasing its file reservations.", bead)
            : l10n.t(
                "ntm is ending {0} as {1} and releasing its file reservations and claim.",
                bead,
                sanitize(hold.outcome),
              ),
          hold.error,
        ),
        next:
          hold.outcome === undefined
            ? l10n.t("If it doesn't finish, use Release again.")
            : l10n.t("To finish it, run “ntm assign --watch” or “ntm coordinator run”."),
        ...(hold.outcome === undefined && { command: "release" }),
      };
    case "outbox":
      return {
        sentence: l10n.t("The result of {0} hasn't been processed by ntm yet.", bead),
        next: l10n.t("Run “ntm assign --watch” in the session, then try again."),
      };
    case "leased":
      return {
        sentence: withError(
          l10n.t("{0} has file reservations that only ntm can release ({1}).", bead, holdSummary(hold, now)),
          hold.error,
        ),
        next: l10n.t("Close the bead in the tracker while “ntm assign --watch” is running, or release it."),
        command: "closeBead",
      };
    case "atomic":
      return {
        sentence: l10n.t("{0} was claimed by ntm in the tracker, so only ntm can do this.", bead),
        next: l10n.t("Use Release, or Retry or Reassign… where the bead offers them: ntm does these."),
        command: "release",
      };
    case "unplaced":
      return {
        sentence: l10n.t(
          "{0} would become active without a tmux pane ID. ntm assigns nothing in a session with such a bead.",
          bead,
        ),
        next: l10n.t("Select a pane with a tmux pane ID such as %3."),
      };
    case "no-id":
      return {
        sentence: l10n.t("This row has no bead ID, so nothing can be done with it here."),
        next: l10n.t("Only clearing the session's ledger with ntm removes it."),
      };
  }
}

type InFlight = Extract<Hold, { code: "in-flight" }>;

function inFlight(bead: string, hold: InFlight, now: number): Explanation {
  const sentence = withError(inFlightSentence(bead, hold, holdSummary(hold, now)), hold.error);
  if (hold.stage === "dispatch" && hold.isWaiting !== true) {
    return {
      sentence,
      next: l10n.t("Wait until it finishes. If ntm has stopped, look at the pane and resolve the dispatch."),
      command: "resolveDispatch",
    };
  }
  const next =
    hold.stage === "claim"
      ? l10n.t("Wait until it finishes. If it hangs, use Release.")
      : l10n.t("Wait until it finishes. If it hangs, use Retry or Release.");
  return { sentence, next, command: "release" };
}

function inFlightSentence(bead: string, { stage, isWaiting }: InFlight, summary: string): string {
  if (isWaiting === true) return l10n.t("ntm is processing {0} ({1}).", bead, summary);
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
      return isWaiting === true ? l10n.t("waiting for claim") : l10n.t("claiming");
    case "reserve":
      return isWaiting === true ? l10n.t("waiting for file reservations") : l10n.t("reserving");
    case "dispatch":
      return isWaiting === true ? l10n.t("waiting for prompt") : l10n.t("sending");
  }
}

function leaseSummary(files: number, until: string | undefined, now: number): string {
  const time = until === undefined ? undefined : clockTime(until, now);
  if (files === 0 || until === undefined || time === undefined) return l10n.t("files reserved");
  const hasExpired = isOver(until, now);
  if (files === 1) {
    return hasExpired ? l10n.t("leased: 1 file, expired at {0}", time) : l10n.t("leased: 1 file until {0}", time);
  }
  return hasExpired
    ? l10n.t("leased: {0} files, expired at {1}", files, time)
    : l10n.t("leased: {0} files until {1}", files, time);
}

function isOver(until: string, now: number): boolean {
  return (epochMilliseconds(until) ?? Infinity) <= now;
}

function forHowLong(what: string, howLong: string | undefined): string {
  return howLong === undefined ? what : l10n.t("{0} for {1}", what, howLong);
}

function attemptNumber(attempts: number | undefined): string {
  return attempts === undefined || attempts === 0 ? "" : l10n.t("attempt {0}", attempts);
}

function withError(sentence: string, error: string | undefined): string {
  return error === undefined || error === ""
    ? sentence
    : `${sentence} ${l10n.t("It reported: “{0}”.", sanitize(error, 200))}`;
}
