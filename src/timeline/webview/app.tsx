// The whole page: the toolbar, the statistics, and below them the chart or the table.
import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { TimelineData, TimelineState } from "../messages";
import { fill, type TimelineStrings } from "../strings";
import type { Chart } from "./chart";
import { ChartView } from "./chartView";
import { displayText, lanesById } from "./tooltipLines";
import type { Host } from "./host";
import { layoutOf } from "./layout";
import { Legend } from "./legend";
import { Statistics } from "./statistics";
import { svgOf } from "./svg";
import { Table } from "./table";
import { currentPalette, onThemeChange } from "./palette";
import { timeFormats } from "./ticks";
import type { TimeRange } from "./timeRange";
import { Toolbar } from "./toolbar";

export interface AppProperties {
  readonly host: Host;
  readonly data: TimelineData;
  readonly strings: TimelineStrings;
  readonly language: string;
  readonly restored: TimelineState | undefined;
  readonly sought: { readonly beadId: string } | undefined;
}

const zoomStep = 1.5;

export function App({ host, data, strings, language, restored, sought }: AppProperties): VNode {
  const [palette, setPalette] = useState(currentPalette);
  const [isTable, setTable] = useState(restored?.isTable ?? false);
  const view = useRef<{ range: TimeRange | undefined; scrollTop: number }>({
    range: restored?.range,
    scrollTop: restored?.scrollTop ?? 0,
  });
  const chart = useRef<Chart>(undefined);
  const layout = useMemo(() => layoutOf(data), [data]);
  const formats = useMemo(() => timeFormats(language), [language]);
  const lanes = useMemo(() => lanesById(data), [data]);

  useEffect(() => onThemeChange(() => { setPalette(currentPalette()); }), []); // prettier-ignore
  useEffect(() => {
    if (sought !== undefined) setTable(false);
  }, [sought]);

  const keep = (change: Partial<typeof view.current> = {}): void => {
    view.current = { ...view.current, ...change };
    host.save({ session: data.session, isTable, ...view.current });
  };
  useEffect(keep, [isTable, data.session]);

  const saveSvg = (): void => {
    const current = chart.current;
    if (current === undefined) return;
    const { range, now, width } = current;
    const measure = (text: string, { isBold = false }: { isBold?: boolean }): number => current.measure(text, isBold);
    host.post({ type: "saveSvg", svg: svgOf({ data, range, now, width, palette, formats, strings, measure }) });
  };
  const reveal = (beadId: string): void => {
    host.post({ type: "reveal", beadId });
  };
  const showHistory = (beadId: string): void => {
    host.post({ type: "showHistory", beadId });
  };

  const isEmpty = data.bars.length === 0;
  return (
    <>
      <header>
        <h1>
          <bdi>{fill(strings.title, displayText(data.session, 80))}</bdi>
        </h1>
        <Toolbar
          strings={strings}
          isTable={isTable}
          isEmpty={isEmpty}
          actions={{
            zoomIn: () => chart.current?.zoom(zoomStep),
            zoomOut: () => chart.current?.zoom(1 / zoomStep),
            showAll: () => chart.current?.showAll(),
            toggleTable: () => {
              setTable(!isTable);
            },
            saveSvg,
            exportCsv: () => {
              host.post({ type: "exportCsv" });
            },
          }}
        />
      </header>
      <Statistics statistics={data.statistics} strings={strings} language={language} />
      {isEmpty && (
        <main class="empty">
          <p>{strings.empty}</p>
          <p class="hint">{strings.emptyHint}</p>
        </main>
      )}
      {!isEmpty && isTable && (
        <Table
          layout={layout}
          context={{ lanes, strings, formats, now: data.now }}
          reveal={reveal}
          showHistory={showHistory}
        />
      )}
      {!isEmpty && !isTable && (
        <>
          <Legend strings={strings} palette={palette} />
          <ChartView
            data={data}
            layout={layout}
            strings={strings}
            formats={formats}
            palette={palette}
            initial={view.current}
            sought={sought}
            chartRef={(made) => {
              chart.current = made;
            }}
            onOpen={({ beadId }, what) => {
              if (what === "reveal") reveal(beadId);
              else showHistory(beadId);
            }}
            onRange={(range) => {
              keep({ range });
            }}
            onScroll={(scrollTop) => {
              keep({ scrollTop });
            }}
          />
        </>
      )}
    </>
  );
}
