// The same content as a table. Only visible rows are in the page; row numbers are set for screen readers.
import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { stageNames, type TimelineStage } from "../messages";
import { fill } from "../strings";
import { displayText, duration, type TooltipContext } from "./tooltipLines";
import type { Layout, PlacedBar } from "./layout";
import { endOf } from "./marks";
import { Button } from "./toolbar";

interface TableProperties {
  readonly layout: Layout;
  readonly context: TooltipContext;
  readonly reveal: (beadId: string) => void;
  readonly showHistory: (beadId: string) => void;
}

/** In CSS pixels, as the style sheet says. */
const tableRowHeight = 26;
/** Rows beyond the visible ones, in both directions. */
const spare = 20;

export function Table({ layout, context, reveal, showHistory }: TableProperties): VNode {
  const scroller = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, height: 600 });
  const bars = useMemo(
    () => layout.lanes.flatMap(({ rows }) => rows.flat()).sort((a, b) => b.start - a.start),
    [layout],
  );
  const updateSize = (): void => {
    const element = scroller.current;
    if (element !== null) setSight({ top: element.scrollTop, height: element.clientHeight });
  };
  useEffect(() => {
    const observer = new ResizeObserver(updateSize);
    if (scroller.current !== null) observer.observe(scroller.current);
    return () => {
      observer.disconnect();
    };
  }, []);
  const first = Math.max(0, Math.floor(sight.top / tableRowHeight) - spare);
  const end = Math.min(bars.length, Math.ceil((sight.top + sight.height) / tableRowHeight) + spare);
  const { strings } = context;
  const columns = [
    { name: strings.bead },
    { name: strings.beadTitle },
    { name: strings.pane },
    { name: strings.agent },
    { name: strings.outcome },
    { name: strings.start },
    { name: strings.end },
    { name: strings.total, isNumber: true },
    ...stageNames.map((stage) => ({ name: strings.stages[stage], isNumber: true })),
    { name: strings.retries, isNumber: true },
    { name: strings.reason },
    { name: strings.actions },
  ];
  return (
    <div ref={scroller} class="table" onScroll={updateSize} tabIndex={0} role="region" aria-label={strings.chart}>
      <table aria-rowcount={bars.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ name, isNumber = false }, index) => (
              <th key={index} scope="col" class={isNumber ? "number" : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap rows={first} columns={columns.length} />
          {bars.slice(first, end).map((bar, index) => (
            <Row
              key={bar.bar.id}
              placed={bar}
              index={first + index + 2}
              context={context}
              reveal={reveal}
              showHistory={showHistory}
            />
          ))}
          <Gap rows={bars.length - end} columns={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

function Gap({ rows, columns }: { rows: number; columns: number }): VNode | null {
  if (rows <= 0) return null;
  return (
    <tr class="gap" role="presentation" style={{ height: `${rows * tableRowHeight}px` }}>
      <td colSpan={columns} />
    </tr>
  );
}

interface RowProperties extends Omit<TableProperties, "layout"> {
  readonly placed: PlacedBar;
  readonly index: number;
}

function Row({ placed, index, context, reveal, showHistory }: RowProperties): VNode {
  const { bar, start, end } = placed;
  const { lanes, strings, formats, now } = context;
  const lane = lanes.get(bar.lane);
  const beadId = displayText(bar.beadId, 100);
  return (
    <tr aria-rowindex={index}>
      <th scope="row">
        <Cell text={beadId} />
      </th>
      <td class="wide">
        <Cell text={displayText(bar.title)} />
      </td>
      <td>
        <Cell text={displayText(lane?.label ?? "", 60)} />
      </td>
      <td>
        <Cell text={displayText(lane?.agent ?? "", 80)} />
      </td>
      <td class={`outcome ${bar.outcome}`}>{strings.outcomes[bar.outcome]}</td>
      <td>{formats.full(new Date(start))}</td>
      <td>{end === undefined ? "" : formats.full(new Date(end))}</td>
      <td class="number">{duration(endOf(placed, now) - start, strings)}</td>
      {stageNames.map((name) => (
        <td key={name} class="number">
          {stageLength(
            bar.stages.filter(({ stage }) => stage === name),
            context,
          )}
        </td>
      ))}
      <td class="number">{bar.retries === 0 ? "" : bar.retries}</td>
      <td class="wide">
        <Cell text={displayText(bar.reason ?? "")} />
      </td>
      <td class="buttons">
        <Button
          icon="reveal"
          title={fill(strings.reveal, beadId)}
          run={() => {
            reveal(bar.beadId);
          }}
        />{" "}
        {/* prettier-ignore */}
        <Button icon="history" title={fill(strings.showHistory, beadId)} run={() => { showHistory(bar.beadId); }} />{" "}
        {/* prettier-ignore */}
      </td>
    </tr>
  );
}

function Cell({ text }: { text: string }): VNode {
  return <bdi title={text}>{text}</bdi>;
}

function stageLength(stages: readonly TimelineStage[], { strings, now }: TooltipContext): string {
  if (stages.length === 0) return "";
  const total = stages.reduce((sum, { start, end }) => sum + (end ?? Math.max(now, start)) - start, 0);
  return duration(total, strings);
}
