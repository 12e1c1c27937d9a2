// One session with fifty thousand rows.
import { measureForeignSaves } from "../foreignSaves";
import { watchLoopDelay } from "../loopDelay";
import { resources } from "../resources";
import { setStage } from "../stage";
import type { Outcome } from "../task";

const rows = 50_000;
const saves = 40;

export async function largeSession(): Promise<Outcome> {
  const stage = await setStage("large", rows);
  try {
    const stop = watchLoopDelay();
    const times = await measureForeignSaves(stage, rows, saves);
    const delay = stop();
    const { megabytes } = await resources(stage.internals);
    return {
      lines: [
        { name: "from the ledger to a tree with its first pane expanded", unit: "ms", value: stage.shownAfter },
        ...times,
        ...delay.lines,
        { name: "memory of the host", unit: "MB", value: megabytes },
      ],
      findings: [{ text: "every save by others is shown", isKept: true }],
    };
  } finally {
    stage.writer.stop();
  }
}
