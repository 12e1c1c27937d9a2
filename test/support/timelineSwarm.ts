// Timelines that are made up: a day of a swarm, a week, hostile texts. The same seed makes the same timeline.
import type { Outcome, TimelineBar, TimelineData, TimelineLane } from "../../src/timeline/messages";

const minute = 60_000;
const hour = 60 * minute;

export const hostileTexts: readonly string[] = [
  `<img src=x onerror="window.hacked = true">`,
  `</text></svg><script>window.hacked = true</script>`,
  `"><svg onload="window.hacked = true">`,
  "\u202Egnitrever \u0000\u0007 line\nbreak\u2028 \uD800 half",
  "{0} {1} &amp; ]]> <!-- -->",
  `=HYPERLINK("http://example.invalid")`,
  "😀".repeat(500),
  "W".repeat(1_900),
];

export interface SwarmOptions {
  readonly panes: number;
  readonly beads: number;
  readonly hours: number;
  readonly now: number;
  /** Taken in turn for every title, reason, label and id. */
  readonly texts?: readonly string[];
}

const titles = [
  "Parse quoted identifiers in filters",
  "Keep the scroll position across refreshes",
  "Retry uploads after a dropped connection",
  "Bound the memory of the search index",
  "Reject tokens signed with the old key",
];

const agents = ["claude", "codex", "gemini"];
const names = ["GreenCastle", "BlueLake", "RedStone", "SilverRiver", "AmberHill"];

/** Numbers from 0 to below 1, always the same. */
function dice(): () => number {
  let seed = 42;
  return () => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return seed / 4_294_967_296;
  };
}

export function swarmTimeline({ panes, beads, hours, now, texts = [] }: SwarmOptions): TimelineData {
  const random = dice();
  let turn = 0;
  const hostile = (ordinary: string): string => texts[turn++ % Math.max(1, texts.length)] ?? ordinary;
  const lanes = Array.from({ length: panes }, (_, pane): TimelineLane => ({
    id: `%${pane}`,
    label: hostile(`Pane ${pane + 1}`),
    agent: hostile(`${agents[pane % agents.length]!} · ${names[pane % names.length]!}`),
    ...(pane % 7 === 6 ? {} : { share: { value: 0.3 + random() * 0.7, beads: 12 } }),
  }));
  const perLane = Math.ceil(beads / panes);
  const bars: TimelineBar[] = [];
  for (const [pane, { id: lane }] of lanes.entries()) {
    const slot = (hours * hour) / perLane;
    for (let index = 0; index < perLane && bars.length < beads; index++) {
      const start = now - hours * hour + index * slot + random() * slot * 0.2;
      const isLast = index === perLane - 1;
      const end = isLast ? undefined : start + slot * (0.2 + random() * 0.55);
      bars.push(bar({ id: `${pane}-${index}`, lane, start, end, now, isAtomic: pane % 2 === 0, random, hostile }));
    }
  }
  return {
    session: hostile("atlas"),
    lanes,
    bars,
    statistics: {
      throughput: { perHour: beads / hours, beads },
      failures: { perHour: beads / hours / 12, beads: Math.ceil(beads / 12) },
      completionTimes: agents.map((agent, index) => ({
        agent: hostile(agent),
        medianMs: (12 + 5 * index) * minute,
        p90Ms: (38 + 9 * index) * minute,
        beads: Math.ceil(beads / 3),
      })),
    },
    now,
  };
}

interface BarParts {
  readonly id: string;
  readonly lane: string;
  readonly start: number;
  readonly end: number | undefined;
  readonly now: number;
  readonly isAtomic: boolean;
  readonly random: () => number;
  readonly hostile: (ordinary: string) => string;
}

function bar({ id, lane, start, end, now, isAtomic, random, hostile }: BarParts): TimelineBar {
  const length = (end ?? now) - start;
  const cuts = isAtomic ? [0.03, 0.08, 0.2] : [0, 0, 0.15];
  const [claimed, sent, begun] = cuts.map((part) => start + part * length) as [number, number, number];
  const chance = random();
  const ended: Outcome = chance < 0.84 ? "completed" : chance < 0.93 ? "failed" : "given-up";
  const open: Outcome = chance < 0.7 ? "open" : chance < 0.85 ? "stranded" : "agent-exited";
  const outcome = end === undefined ? open : ended;
  return {
    id,
    beadId: hostile(`bd-${id}`),
    title: hostile(titles[Math.floor(random() * titles.length)]!),
    lane,
    stages: [
      ...(isAtomic ? [{ stage: "claim", start, end: claimed } as const] : []),
      ...(isAtomic ? [{ stage: "dispatch", start: claimed, end: sent } as const] : []),
      { stage: "assigned", start: sent, end: begun },
      { stage: "working", start: begun, ...(end === undefined ? {} : { end }) },
    ],
    outcome,
    retries: random() < 0.1 ? 2 : 0,
    ...(outcome === "failed" ? { reason: hostile("tests fail: 3 of 214") } : {}),
  };
}
