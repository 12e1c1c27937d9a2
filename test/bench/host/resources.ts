// What a host holds on to: memory, watches of the file system, open files, listeners, and what it remembers of the tree.
import * as fs from "node:fs";
import * as path from "node:path";
import type { Internals } from "../../host/activated";
import { openDescriptors } from "../../support/openDescriptors";
import { settledMemory } from "../memory";

export interface Resources {
  readonly megabytes: number;
  /** Folders and files of which the system tells; absent, as the next, where it doesn't say how many there are. */
  readonly watches: number | undefined;
  readonly descriptors: number | undefined;
  readonly listeners: number;
  /** Nodes that the editor asked for. */
  readonly sights: number;
}

/** Inner parts that nobody else has any business with. */
interface Insides {
  readonly session: { readonly changed: Listeners; readonly listChanged: Listeners };
  readonly beads: { readonly provider: { readonly paint: { readonly sights: { readonly size: number } } } };
}

interface Listeners {
  readonly listeners: { readonly size: number };
}

export async function resources(internals: Internals): Promise<Resources> {
  const { session, beads } = internals as unknown as Insides;
  const own = [session.changed, session.listChanged].map(({ listeners }) => listeners.size);
  const ofProcess = process.eventNames().map((name) => process.listenerCount(name));
  return {
    megabytes: (await settledMemory()) / 1e6,
    watches: watches(),
    descriptors: openDescriptors(),
    listeners: [...own, ...ofProcess].reduce((sum, count) => sum + count, 0),
    sights: beads.provider.paint.sights.size,
  };
}

/** Linux tells of each watch in a line of its own. */
export function watches(): number | undefined {
  const folder = "/proc/self/fdinfo";
  if (!fs.existsSync(folder)) return undefined;
  return fs
    .readdirSync(folder)
    .map((descriptor) => infoOf(path.join(folder, descriptor)).match(/^inotify /gm)?.length ?? 0)
    .reduce((sum, count) => sum + count, 0);
}

function infoOf(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return ""; // Closed meanwhile.
  }
}
