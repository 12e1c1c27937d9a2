// The tools of the editor's chat, by the names under which package.json contributes them.

export const chatTools = [
  "ntmAssignments_list",
  "ntmAssignments_explain",
  "ntmAssignments_markWorking",
  "ntmAssignments_markCompleted",
  "ntmAssignments_markFailed",
] as const;

export type ChatToolName = (typeof chatTools)[number];
