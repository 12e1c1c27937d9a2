// The hover: the facts of the bar, or the block of bars, under the pointer or chosen from the keyboard.
import type { VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { fill } from "../strings";
import { displayText, tooltipLines, blockTooltipLines, type TooltipContext } from "./tooltipLines";
import type { Mark } from "./marks";

export interface TooltipContent {
  readonly mark: Mark;
  /** In the window, in CSS pixels. */
  readonly x: number;
  readonly y: number;
  /** Whether it was chosen from the keyboard, not by the pointer. */
  readonly isChosen?: boolean;
}

/** Between the pointer and the hover, and between the hover and the window's edges. */
const distance = 14;

export function Tooltip({ content, context }: { content: TooltipContent; context: TooltipContext }): VNode | null {
  const element = useRef<HTMLDivElement>(null);
  const { mark, x, y } = content;
  useLayoutEffect(() => {
    const box = element.current;
    if (box === null) return;
    const { width, height } = box.getBoundingClientRect();
    const left = Math.max(4, Math.min(x + distance, innerWidth - width - 4));
    const isBelow = y + distance + height + 4 <= innerHeight;
    const top = isBelow ? y + distance : Math.max(4, y - distance - height);
    box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  });
  const [only, another] = mark.bars;
  if (only === undefined) return null;
  const { strings } = context;
  const isBlock = another !== undefined;
  const facts = isBlock ? blockTooltipLines(mark, context) : tooltipLines(only, context);
  return (
    <div ref={element} class="tooltip" role="tooltip">
      <div class="heading">
        <bdi>{isBlock ? fill(strings.cluster, mark.bars.length) : displayText(only.bar.beadId, 100)}</bdi>
      </div>
      {!isBlock && only.bar.title !== "" && <bdi class="title">{displayText(only.bar.title)}</bdi>}
      <dl>
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <div class="hint">{isBlock ? strings.clusterHint : strings.hoverHint}</div>
    </div>
  );
}
