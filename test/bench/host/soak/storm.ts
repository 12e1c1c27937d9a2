// A hundred saves a second by another program, for a minute.
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "../../../support/eventually";
import type { Line } from "../../line";
import { watchLoopDelay } from "../loopDelay";
import { resources } from "../resources";
import { setStage, stale } from "../stage";
import type { Outcome } from "../task";

const rows = 1000;
const perSecond = 100;
const seconds = 60;

export async function storm(): Promise<Outcome> {
  const { internals, writer } = await setStage("storm", rows);
  try {
    const before = await resources(internals);
    const stopIdle = watchLoopDelay();
    await sleep(3000);
    const idle = stopIdle();
    let refreshes = 0;
    let lastAt = 0n;
    const subscription = internals.beads.provider.onDidChangeTreeData(() => {
      refreshes++;
      lastAt = process.hrtime.bigint();
    });
    const stop = watchLoopDelay();
    const answer = await writer.order({ kind: "storm", saves: perSecond * seconds, perSecond });
    const busy = stop();
    const lost = await eventually(() => {
      const count = stale(internals, answer.state);
      if (count > 0) throw new Error(`${count} rows aren't as they were saved`);
      return count;
    }, 30_000).catch(() => stale(internals, answer.state));
    const lag = Math.max(0, Number(lastAt - BigInt(answer.savedAt)) / 1e6);
    subscription.dispose();
    const after = await resources(internals);
    const rate = (perSecond * seconds) / answer.seconds;
    const lines: Line[] = [
      { name: "saves a second", unit: "count", value: Math.round(rate) },
      { name: "refreshes", unit: "count", value: refreshes },
      ...busy.lines,
      { name: "the same while nobody saved, p99", unit: "ms", value: idle.p99 },
      { name: "last save to tree", unit: "ms", value: lag },
      { name: "memory before", unit: "MB", value: before.megabytes },
      { name: "memory after", unit: "MB", value: after.megabytes },
    ];
    return {
      lines,
      findings: [
        { text: "the tree shows the last state within 50 ms", isKept: lag <= 50 },
        { text: "no save is lost: every row is as it was left", isKept: lost === 0 },
        { text: "the host stays responsive: p99 of the wait ≤ 50 ms", isKept: busy.p99 <= 50 },
        { text: "memory is flat, give or take 3 MB", isKept: after.megabytes - before.megabytes < 3 },
      ],
    };
  } finally {
    writer.stop();
  }
}
