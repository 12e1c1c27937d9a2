// What the shapes and colours of the bars mean.
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { outcomes, stageNames, type Outcome, type BarStageName } from "../messages";
import type { TimelineStrings } from "../strings";
import { CanvasSurface } from "./canvasSurface";
import { barHeight } from "./layout";
import { drawOutcome } from "./outcomeGlyph";
import { stageLooks } from "./drawMark";
import type { Palette } from "./palette";
import type { Surface } from "./surface";

interface LegendProperties {
  readonly strings: TimelineStrings;
  readonly palette: Palette;
}

export function Legend({ strings, palette }: LegendProperties): VNode {
  return (
    <ul class="legend" aria-label={strings.legend}>
      {stageNames.map((stage) => (
        <li key={stage}>
          <Sample
            palette={palette}
            width={20}
            draw={(surface) => {
              drawStageSample(surface, stage, palette);
            }}
          />{" "}
          {/* prettier-ignore */}
          {strings.stages[stage]}
        </li>
      ))}
      {outcomes
        .filter((outcome) => outcome !== "open")
        .map((outcome) => (
          <li key={outcome}>
            <Sample
              palette={palette}
              width={12}
              draw={(surface) => {
                drawOutcomeSample(surface, outcome, palette);
              }}
            />{" "}
            {/* prettier-ignore */}
            {strings.outcomes[outcome]}
          </li>
        ))}
    </ul>
  );
}

interface SampleProperties {
  readonly palette: Palette;
  readonly width: number;
  readonly draw: (surface: Surface) => void;
}

function Sample({ palette, width, draw }: SampleProperties): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === null || context === undefined) return;
    const surface = new CanvasSurface(context, palette.font);
    surface.begin(width, barHeight, devicePixelRatio);
    draw(surface);
  }, [palette]);
  return <canvas ref={canvas} class="sample" aria-hidden="true" />;
}

function drawStageSample(surface: Surface, stage: BarStageName, palette: Palette): void {
  const { height, opacity, dash } = stageLooks[stage];
  const color = palette.stages[stage];
  const shape = { fill: color, opacity: palette.isHighContrast && height === barHeight ? 0 : opacity };
  const tall = Math.min(height, 14);
  const stroke = { color, width: 1, ...(dash === undefined ? {} : { dash }) };
  surface.rectangle(0, (barHeight - tall) / 2, 20, tall, { ...shape, stroke });
}

function drawOutcomeSample(surface: Surface, outcome: Outcome, palette: Palette): void {
  drawOutcome(surface, outcome, 6, barHeight / 2, palette.outcomes[outcome]);
}
