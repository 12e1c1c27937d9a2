// What ntm wrote into the title of a pane: `<session>__<type>_<number>`, then maybe `_<variant>` and `[tags]`.

const pattern = /^([\w-]+?)_\d+(?:_[A-Za-z0-9._/@:+-]+)?(?:\[[^\]]*\])?$/;

/**
 * The type as ntm writes it, such as `cc`, `cod` or `user`.
 * @returns `undefined` when the title isn't ntm's, because an agent or the user has changed it
 */
export function agentTypeOfTitle(title: string, sessionName: string): string | undefined {
  const prefix = `${sessionName}__`;
  return title.startsWith(prefix) ? pattern.exec(title.slice(prefix.length))?.[1] : undefined;
}

/** Whether a type is that of the panes which ntm leaves to the user. */
export function isUserType(agentType: string): boolean {
  return agentType.trim().toLowerCase() === "user";
}
