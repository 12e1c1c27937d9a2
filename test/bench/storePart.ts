// The cost of the store, each size in its own process.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { bundleProgram } from "../support/program";
import { TempFolder } from "../support/tempFolder";
import { measurePeer } from "./against";
import { beadId, firstWith } from "./ledgers";
import type { Line } from "./line";
import { measureJoin } from "./tmux";

/** @param peer the command of a program to compare with */
export async function measureStorePart(rows: number, peer: readonly string[] | undefined): Promise<readonly Line[]> {
  const storage = new TempFolder("bench");
  try {
    const program = bundleProgram("test/bench/programs/store.ts");
    const args = ["--expose-gc", program, storage.path, String(rows)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const lines = [...(JSON.parse(stdout) as Line[]), ...(await measureJoin(storage.path, "panes", rows))];
    return peer === undefined ? lines : await withPeer(lines, peer, storage.path);
  } finally {
    storage.remove();
  }
}

async function withPeer(lines: readonly Line[], peer: readonly string[], storage: string): Promise<readonly Line[]> {
  const bead = beadId(firstWith("failed"));
  const load = await measurePeer(peer, "load", storage, "bench", bead);
  const transition = await measurePeer(peer, "transition", storage, "bench", bead);
  return lines.map((line) => {
    if (line.name === "load") return { ...line, peer: load.median };
    return line.name === "transition" ? { ...line, peer: transition.median } : line;
  });
}
