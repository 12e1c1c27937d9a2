// Codes into words: the one place where what the package reports becomes sentences for people.
export { errorExplanation } from "./error";
export type { Explanation } from "./explanation";
export { holdExplanation, holdSummary } from "./hold";
export { missingLockExplanation } from "./persistence";
export { plain, withoutIcons } from "./plain";
export { problemExplanation } from "./problem";
export { statusWord } from "./status";
export { age, duration } from "./time";
