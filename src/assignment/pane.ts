// The pane of a row. tmux's `%N` identifies a pane; the integer is only its index within a window.

/** The fields of a row that name its pane. */
interface Placement {
  readonly occupancy_key?: string | undefined;
  readonly dispatch_target?: string | undefined;
  readonly pane: number;
}

const paneIdPattern = /^%(?:0|[1-9]\d{0,19})$/;
const largestPaneId = 2n ** 64n - 1n;

/** Whether the text is a canonical tmux pane id: `%` and a decimal number without leading zeros that fits Go's `uint`. */
export function isPaneId(text: string): boolean {
  // Nineteen digits always fit.
  return paneIdPattern.test(text) && (text.length <= 20 || BigInt(text.slice(1)) <= largestPaneId);
}

/**
 * The tmux pane id of a row: `occupancy_key`, else `dispatch_target`. A non-blank `occupancy_key` that is no pane id
 * hides the other, as in ntm. `undefined`: the row is *unplaced*.
 */
export function paneId(row: Omit<Placement, "pane">): string | undefined {
  const key = isBlank(row.occupancy_key) ? row.dispatch_target : row.occupancy_key;
  return key !== undefined && isPaneId(key) ? key : undefined;
}

/** The identity of the row's pane: the pane id, else the integer label. */
export function paneIdentity(row: Placement): string {
  return paneId(row) ?? String(row.pane);
}

/** Rows without a pane id come first, by label; then pane ids by number. */
export function comparePanes(a: Placement, b: Placement): number {
  const [left, right] = [paneId(a), paneId(b)];
  if (left === undefined || right === undefined) {
    if (left === right) return a.pane - b.pane;
    return left === undefined ? -1 : 1;
  }
  // There are no leading zeros, so the longer number is the larger one.
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === "";
}
