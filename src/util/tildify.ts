// Paths as shown to the user.
import * as os from "node:os";
import * as path from "node:path";

/** The path with `~` for the home folder. */
export function tildify(file: string): string {
  const home = os.homedir();
  return file.startsWith(`${home}${path.sep}`) ? `~${file.slice(home.length)}` : file;
}
