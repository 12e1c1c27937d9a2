// Every string that the timeline's webview shows, in English. The extension hands over translated ones of the same shape;
// `{0}`, `{1}` stand for values.
import type { Outcome, BarStageName } from "./messages";

export interface TimelineStrings {
  readonly title: string;
  readonly chart: string;
  readonly chartHelp: string;
  readonly lanes: string;
  readonly toolbar: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly showAll: string;
  readonly showTable: string;
  readonly showChart: string;
  readonly saveSvg: string;
  readonly exportCsv: string;
  readonly legend: string;
  readonly statistics: string;
  readonly empty: string;
  readonly emptyHint: string;
  readonly throughput: string;
  readonly failures: string;
  readonly perHour: string;
  readonly completionTime: string;
  readonly medianAndP90: string;
  readonly completedBeads: string;
  readonly failedBeads: string;
  readonly share: string;
  readonly cluster: string;
  readonly bead: string;
  readonly beadTitle: string;
  readonly pane: string;
  readonly agent: string;
  readonly start: string;
  readonly end: string;
  readonly total: string;
  readonly outcome: string;
  readonly reason: string;
  readonly retries: string;
  readonly actions: string;
  readonly reveal: string;
  readonly showHistory: string;
  readonly hoverHint: string;
  readonly clusterHint: string;
  readonly days: string;
  readonly hours: string;
  readonly minutes: string;
  readonly seconds: string;
  readonly stages: Readonly<Record<BarStageName, string>>;
  readonly outcomes: Readonly<Record<Outcome, string>>;
}

export const englishStrings: TimelineStrings = {
  title: "Timeline of {0}",
  chart: "Assignments by pane and time",
  chartHelp:
    "Plus and minus zoom, left and right arrow move through time, up and down arrow choose a pane, Shift with left or right arrow chooses a bead, Enter reveals it, Shift+Enter shows its history, Home shows all. The table has the same content.",
  lanes: "Panes",
  toolbar: "Timeline",
  zoomIn: "Zoom In (+)",
  zoomOut: "Zoom Out (−)",
  showAll: "Show All (Home)",
  showTable: "Show as Table",
  showChart: "Show as Chart",
  saveSvg: "Save as SVG…",
  exportCsv: "Export CSV…",
  legend: "Legend",
  statistics: "Statistics",
  empty: "Nothing has happened in this session yet.",
  emptyHint: "A bead appears here as soon as ntm assigns it to an agent.",
  throughput: "Throughput",
  failures: "Failures",
  perHour: "{0} per hour",
  completionTime: "Time to completion, {0}",
  medianAndP90: "median {0}, 90 % within {1}",
  completedBeads: "{0} completed",
  failedBeads: "{0} failed",
  share: "At work {0} % of the time ({1} beads)",
  cluster: "{0} beads",
  bead: "Bead",
  beadTitle: "Title",
  pane: "Pane",
  agent: "Agent",
  start: "Start",
  end: "End",
  total: "Total",
  outcome: "Outcome",
  reason: "Reason",
  retries: "Retries",
  actions: "Actions",
  reveal: "Reveal {0} in the Beads View",
  showHistory: "Show History of {0}",
  hoverHint: "Click to reveal, double-click for the history",
  clusterHint: "Click to zoom in",
  days: "{0}d",
  hours: "{0}h",
  minutes: "{0}m",
  seconds: "{0}s",
  stages: { claim: "Claim", dispatch: "Dispatch", assigned: "Assigned", working: "Working" },
  outcomes: {
    open: "In flight",
    completed: "Completed",
    failed: "Failed",
    "given-up": "Given up",
    stranded: "Stranded",
    "agent-exited": "Agent exited",
  },
};

/** Puts the values in the places of `{0}`, `{1}`, …; a value that reads like a place is left as it is. */
export function fill(template: string, ...values: readonly (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}
