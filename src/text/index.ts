// Turns the codes and errors of the core into localized text.
export type { Explanation } from "./explanation";
export { holdExplanation, holdMark, holdSummary } from "./hold";
export { missingLockExplanation } from "./missingLock";
export { sanitize, escapeIcons, escapeLinks } from "./sanitize";
export { problemExplanation } from "./problem";
export { statusWord } from "./status";
export { age, elapsed } from "./time";
export { wholeNumber } from "./wholeNumber";
