// The answer of a tool, for models: one or two sentences, what to do next, and the same as data.
export interface ToolAnswer {
  readonly isError: boolean;
  /** Plain English: facts first, then what to do next. */
  readonly text: string;
  /** The same for programs; nothing in it that may not be written as JSON. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Why a tool did not do what it was asked to. Stable: agents' instructions may rely on them. */
export type RefusalCode =
  /** The server doesn't run in a tmux pane, or `TMUX_PANE` isn't set. */
  | "no-pane"
  /** tmux can't be asked, or doesn't know the pane or the session. */
  | "no-tmux"
  /** No session is known whose ledger could be read. */
  | "no-session"
  /** There is no ledger, or no such row in it. */
  | "no-bead"
  /** Several beads are in flight in the pane. */
  | "several-beads"
  /** The pane's only rows were assigned before its session was created. */
  | "earlier-run"
  /** The row named isn't the pane's own. */
  | "not-yours"
  /** ntm is in the middle of something with the row, or the step must be left to it. */
  | "held"
  /** The step isn't allowed from the row's status. */
  | "invalid-transition"
  /** Another process changed the row at the same moment. */
  | "changed-meanwhile"
  /** The ledger can't be read, locked or saved. */
  | "ledger-trouble"
  /** The arguments don't fit the tool's schema. */
  | "invalid-arguments";

export function answer(
  facts: Readonly<Record<string, unknown>>,
  sentence: string,
  ...next: readonly string[]
): ToolAnswer {
  return { isError: false, text: [sentence, ...next].join(" "), facts: { ...facts, ...nextFact(next) } };
}

export function refusal(
  code: RefusalCode,
  sentence: string,
  next: string,
  facts: Readonly<Record<string, unknown>> = {},
): ToolAnswer {
  return {
    isError: true,
    text: `${sentence} ${next}`,
    facts: { refused: code, reason: sentence, next, ...facts },
  };
}

function nextFact(next: readonly string[]): Readonly<Record<string, unknown>> {
  return next.length === 0 ? {} : { next: next.join(" ") };
}

/** Control characters, line and paragraph separators, characters that reorder or hide text, halves of surrogate pairs. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** @param maxLength in characters; a longer text is cut and ends with an ellipsis */
export function oneLine(text: string, maxLength: number): string {
  const characters = Array.from(
    text
      .slice(0, maxLength * 4)
      .replace(unprintable, " ")
      .trim(),
  );
  return characters.length <= maxLength ? characters.join("") : `${characters.slice(0, maxLength - 1).join("")}…`;
}

/** The text in quotes, so that what it says is not taken for what the tool says. */
export function quoted(text: string, maxLength = 200): string {
  return JSON.stringify(oneLine(text, maxLength));
}
