// The resources that a host uses: memory, file watchers, open files, listeners, and nodes of the tree.
import * as fs from "node:fs";
import * as path from "node:path";
import type { Internals } from "../../host/activated";
import { openDescriptors } from "../../support/openDescriptors";
import { settledMemory } from "../memory";

export interface Resources {
  readonly megabytes: number;
  /** Folders and files watched by the system; `undefined`, as for the next, where it can't be determined. */
  readonly watches: number | undefined;
  readonly descriptors: number | undefined;
  readonly listeners: number;
  /** Nodes that the editor requested. */
  readonly renderedNodes: number;
}

/** Private parts of the extension. */
interface Insides {
  readonly session: { readonly changed: Listeners; readonly listChanged: Listeners };
  readonly beads: { readonly provider: { readonly rendered: { readonly items: { readonly size: number } } } };
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
    renderedNodes: beads.provider.rendered.items.size,
  };
}

/** Linux lists each watch on one line. */
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
    return ""; // Closed in the meantime.
  }
}
