// An hour of a swarm at high speed: thousands of saves, sessions added and removed, and views opened.
import * as fs from "node:fs";
import * as path from "node:path";
import { eventually } from "../../../support/eventually";
import { ledgerOf, putLedger } from "../../ledgers";
import type { Line } from "../../line";
import { resources, type Resources } from "../resources";
import { home, setStage, stale, type Stage } from "../stage";
import type { Outcome } from "../task";

const rows = 300;
const rounds = 60;
const savesPerRound = 60;
/** After these minutes everything that is created once exists. */
const warmUpRounds = 10;

export async function longRun(): Promise<Outcome> {
  const stage = await setStage("day", rows);
  try {
    let early: Resources | undefined;
    for (let round = 0; round < rounds; round++) {
      if (round === warmUpRounds) early = await resources(stage.internals);
      await passMinute(stage, round);
    }
    const late = await resources(stage.internals);
    if (early === undefined) throw new Error("the run was too short");
    return { lines: lines(early, late), findings: findings(early, late) };
  } finally {
    stage.writer.stop();
  }
}

/** The saves of a minute, and a session that is created, shown and deleted. */
async function passMinute({ internals, writer }: Stage, round: number): Promise<void> {
  const { session } = internals;
  const visitor = `visitor-${round}`;
  const storage = path.join(home.path, ".ntm/sessions");
  putLedger(storage, visitor, ledgerOf(visitor, 50));
  await session.switchTo(visitor);
  await session.switchTo("day");
  const { state } = await writer.order({ kind: "storm", saves: savesPerRound, perSecond: 200 });
  fs.rmSync(path.join(storage, visitor), { recursive: true });
  await eventually(() => {
    if (stale(internals, state) > 0) throw new Error("saves are missing");
    if (session.list?.entries.length !== 1) throw new Error("the visitor is still listed");
  });
}

function lines(early: Resources, late: Resources): readonly Line[] {
  const line = (name: string, unit: Line["unit"], of: (held: Resources) => number | undefined): readonly Line[] => [
    { name: `${name}, early`, unit, value: of(early) ?? NaN },
    { name: `${name}, at the end`, unit, value: of(late) ?? NaN },
  ];
  return [
    ...line("memory", "MB", ({ megabytes }) => megabytes),
    ...line("watches", "count", ({ watches }) => watches),
    ...line("open files", "count", ({ descriptors }) => descriptors),
    ...line("listeners", "count", ({ listeners }) => listeners),
    ...line("nodes remembered", "count", ({ renderedNodes }) => renderedNodes),
  ];
}

function findings(early: Resources, late: Resources): Outcome["findings"] {
  const same = (of: (held: Resources) => number | undefined): boolean => (of(late) ?? 0) <= (of(early) ?? 0);
  return [
    { text: "memory is flat, give or take 3 MB", isKept: late.megabytes - early.megabytes < 3 },
    { text: "no more watches than before", isKept: same(({ watches }) => watches) },
    { text: "no more open files than before", isKept: same(({ descriptors }) => descriptors) },
    { text: "no more listeners than before", isKept: same(({ listeners }) => listeners) },
    { text: "no more nodes remembered than before", isKept: same(({ renderedNodes }) => renderedNodes) },
  ];
}
