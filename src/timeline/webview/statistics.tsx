// Statistics of the session, each value with the number of beads that it is calculated from. Values with too few are omitted.
import type { VNode } from "preact";
import type { TimelineStatistics } from "../messages";
import { fill, type TimelineStrings } from "../strings";
import { displayText, duration } from "./tooltipLines";

interface StatisticsProperties {
  readonly statistics: TimelineStatistics;
  readonly strings: TimelineStrings;
  readonly language: string;
}

export function Statistics({ statistics, strings, language }: StatisticsProperties): VNode | null {
  const { throughput, failures, completionTimes } = statistics;
  const number = new Intl.NumberFormat(safeLanguage(language), { maximumFractionDigits: 1 });
  const perHour = (value: number): string => fill(strings.perHour, number.format(value));
  if (throughput === undefined && failures === undefined && completionTimes.length === 0) return null;
  return (
    <dl class="statistics" aria-label={strings.statistics}>
      {throughput !== undefined && (
        <Statistic
          name={strings.throughput}
          value={perHour(throughput.perHour)}
          basis={fill(strings.completedBeads, throughput.beads)}
        />
      )}
      {failures !== undefined && (
        <Statistic
          name={strings.failures}
          value={perHour(failures.perHour)}
          basis={fill(strings.failedBeads, failures.beads)}
        />
      )}
      {completionTimes.map(({ agent, medianMs, p90Ms, beads }) => (
        <Statistic
          key={agent}
          name={fill(strings.completionTime, displayText(agent, 40))}
          value={fill(strings.medianAndP90, duration(medianMs, strings), duration(p90Ms, strings))}
          basis={fill(strings.completedBeads, beads)}
        />
      ))}
    </dl>
  );
}

function Statistic({ name, value, basis }: { name: string; value: string; basis: string }): VNode {
  return (
    <div class="statistic" title={`${name}: ${value} (${basis})`}>
      <dt>{name}</dt>
      <dd class="value">{value}</dd>
      <dd class="basis">{basis}</dd>
    </div>
  );
}

/** `Intl` throws on a tag that isn't well-formed. */
function safeLanguage(language: string): string | undefined {
  return /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(language) ? language : undefined;
}
