// Parses session names: `project--label` is one of several sessions of a project.

/** The name without its label. */
export function projectOf(sessionName: string): string {
  return splitLabel(sessionName).project;
}

/** The label, or `undefined` for a session that has none. */
export function labelOf(sessionName: string): string | undefined {
  return splitLabel(sessionName).label;
}

/** Splits at the last `--`, as ntm does; a label starts with a letter or digit and has at most 50 characters. */
function splitLabel(sessionName: string): { project: string; label: string | undefined } {
  const parts = /^(.+)--([A-Za-z0-9][A-Za-z0-9_-]{0,49})$/.exec(sessionName);
  const [project, label] = [parts?.[1], parts?.[2]];
  return project === undefined ? { project: sessionName, label: undefined } : { project, label };
}
