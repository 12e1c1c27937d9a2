// Whether there is something under a path.
import * as fs from "node:fs/promises";

/** False also if the system doesn't say. */
export async function exists(file: string): Promise<boolean> {
  return fs.stat(file).then(
    () => true,
    () => false,
  );
}
