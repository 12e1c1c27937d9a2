// What a VS Code server and its pages print, without what they always print here: the server is installed without its native
// modules, which it logs and does without, and looks for an extension gallery that tests must not depend on.

const alwaysThere =
  /spdlog|native-watchdog|build\/Release\/watchdog|open-vsx\.org|ERR_NAME_NOT_RESOLVED|ServiceWorker|when fetching the script|status of 404/;

/** Entries of a page's console, each possibly of many lines. */
export function telling(entries: readonly string[]): string[] {
  return entries.filter((entry) => !alwaysThere.test(entry));
}

/** Splits the log of a server where an entry begins: at a line that isn't the indented rest of the one before. */
export function logEntries(log: string): string[] {
  return log.split(/\n(?![ \t}\]]|$)/).filter((entry) => entry.trim() !== "");
}
