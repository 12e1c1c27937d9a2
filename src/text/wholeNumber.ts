/** A whole number of the ledger; those that JavaScript can't represent exactly are shown as more than the largest that it can. */
export function wholeNumber(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  return value > 0 ? `>${Number.MAX_SAFE_INTEGER}` : `<${Number.MIN_SAFE_INTEGER}`;
}
