import type { Assignment } from "../../assignment";

/** Why a row stands as badly as it does: the reason of a failure, else the first error that ntm noted on its way. */
export function rowError(row: Assignment): string | undefined {
  const errors = [
    row.fail_reason,
    row.failure_reason,
    row.claim_error,
    row.reservation_error,
    row.last_dispatch_error,
    row.clear_error,
  ];
  return errors.find((error) => error !== undefined && error.trim() !== "");
}
