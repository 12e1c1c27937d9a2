// The column of panes beside the plot: only the visible ones.
import type { VNode } from "preact";
import { fill, type TimelineStrings } from "../strings";
import { displayText, laneName } from "./tooltipLines";
import { lanesBetween, type Layout, type PlacedLane } from "./layout";

interface LaneLabelsProperties {
  readonly layout: Layout;
  readonly strings: TimelineStrings;
  readonly scrollTop: number;
  readonly height: number;
  readonly focusedLane: number | undefined;
}

export function LaneLabels({ layout, strings, scrollTop, height, focusedLane }: LaneLabelsProperties): VNode {
  const { first, end } = lanesBetween(layout, scrollTop, scrollTop + height);
  return (
    <div class="labels" aria-hidden="true">
      {layout.lanes.slice(first, end).map((lane) => (
        <div
          key={lane.lane.id}
          class={lane.index === focusedLane ? "lane focused" : "lane"}
          style={{ transform: `translateY(${lane.top - scrollTop}px)`, height: `${lane.height}px` }}
          title={titleOf(lane, strings)}
        >
          <bdi class="pane">{displayText(lane.lane.label, 60)}</bdi>
          <bdi class="agent">{displayText(lane.lane.agent, 80)}</bdi>
          {lane.lane.share !== undefined && <span class="share">{percent(lane.lane.share.value)} %</span>}
        </div>
      ))}
    </div>
  );
}

/** The lane in words, for the hover and for screen readers. */
export function titleOf({ lane, barCount }: PlacedLane, strings: TimelineStrings): string {
  const name = `${laneName(lane)}, ${fill(strings.cluster, barCount)}`;
  if (lane.share === undefined) return name;
  return `${name}. ${fill(strings.share, percent(lane.share.value), lane.share.beads)}`;
}

function percent(share: number): number {
  return Math.round(share * 100);
}
