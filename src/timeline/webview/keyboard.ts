// The keys of the chart while it has the focus.

export type ChartAction =
  | "zoomIn"
  | "zoomOut"
  | "earlier"
  | "later"
  | "showAll"
  | "previousLane"
  | "nextLane"
  | "previousBar"
  | "nextBar"
  | "reveal"
  | "showHistory"
  | "dismiss";

export interface KeyStroke {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** `undefined` for a key that isn't the chart's; with a modifier other than Shift it belongs to the editor. */
export function actionOf({ key, shiftKey, ctrlKey, altKey, metaKey }: KeyStroke): ChartAction | undefined {
  if (ctrlKey || altKey || metaKey) return undefined;
  switch (key) {
    case "+":
    case "=":
      return "zoomIn";
    case "-":
    case "_":
    case "−":
      return "zoomOut";
    case "ArrowLeft":
      return shiftKey ? "previousBar" : "earlier";
    case "ArrowRight":
      return shiftKey ? "nextBar" : "later";
    case "ArrowUp":
      return "previousLane";
    case "ArrowDown":
      return "nextLane";
    case "Home":
      return "showAll";
    case "Enter":
      return shiftKey ? "showHistory" : "reveal";
    case "Escape":
      return "dismiss";
    default:
      return undefined;
  }
}
