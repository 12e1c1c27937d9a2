/** The system's name of a failure, such as `ENOENT`; for any other error its text. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : String(error);
}
