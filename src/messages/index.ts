// Turns the codes and errors of the core into localized text.
export type { Explanation } from "./error";
export { holdExplanation, holdMark, holdSummary } from "./hold";
export { missingLockExplanation } from "./error";
export { sanitize, escapeIcons, escapeLinks } from "./sanitize";
export { problemExplanation } from "./problem";
export { statusWord } from "./status";
export { age, elapsed } from "./time";
export { wholeNumber } from "./status";
