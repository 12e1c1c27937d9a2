// The labels by which a bead waits for a decision of its operator: ntm assigns no bead that has one.

/** ntm's own ones. Its configuration may add others, which its answer to an assignment names. */
const gates: ReadonlySet<string> = new Set([
  "blocked-on-ivan",
  "blocked-on-operator",
  "business-input",
  "human-gated",
  "human-input",
  "needs-operator",
  "operator-action",
  "operator-gated",
]);

/** The label that keeps ntm from assigning a bead, as it is written; `undefined` if there is none. */
export function operatorGateOf(labels: readonly string[]): string | undefined {
  return labels.find((label) => gates.has(label.trim().toLowerCase()));
}
