// What `ntm assign … --json` prints, decoded tolerantly: unknown codes and fields are kept, and only what is used must have its type.
import * as z from "zod/mini";

/** The result for one bead of a call that takes several. */
export interface BeadResult {
  readonly beadId: string;
  readonly isDone: boolean;
  /** Why not, in ntm's words. */
  readonly message?: string;
  /** ntm's error code for this bead, if it has one. */
  readonly code?: string;
}

export interface AssignOutput {
  readonly success: boolean;
  /** `undefined` unless `success` is false. */
  readonly error: { readonly code: string; readonly message: string; readonly details: unknown } | undefined;
  readonly beads: readonly BeadResult[];
  readonly warnings: readonly string[];
  /** The whole document, for what isn't decoded. */
  readonly document: Readonly<Record<string, unknown>>;
}

const text = z.optional(z.catch(z.optional(z.string()), undefined));
const list = z.catch(z.optional(z.array(z.unknown())), undefined);
const documentSchema = z.looseObject({
  success: z.boolean(),
  // A call that fails before it knows the session has a message here, and its code beside it.
  error: z.optional(z.nullable(z.union([z.string(), z.looseObject({ code: text, message: text })]))),
  error_code: text,
  data: z.catch(z.optional(z.looseObject({ cleared: list, retried: list, skipped: list })), undefined),
  warnings: list,
});
const clearedSchema = z.looseObject({ bead_id: z.string(), success: z.boolean(), error: text, error_code: text });
const retriedSchema = z.looseObject({ bead_id: z.string() });
const skippedSchema = z.looseObject({ bead_id: z.string(), reason: text });

/** @returns `undefined` if the text isn't one document of the expected form */
export function decodeAssignOutput(stdout: string): AssignOutput | undefined {
  const parsed = documentSchema.safeParse(parseDocument(stdout));
  if (!parsed.success) return undefined;
  const { success, error, error_code: errorCode, data, warnings = [] } = parsed.data;
  const [code = errorCode ?? "", message = ""] =
    typeof error === "string" ? [undefined, error] : [error?.code, error?.message];
  return {
    success,
    error: success ? undefined : { code, message, details: typeof error === "object" ? error?.["details"] : undefined },
    beads: beadResults(data ?? {}),
    warnings: warnings.filter((warning) => typeof warning === "string"),
    document: parsed.data,
  };
}

/** Lines before the document are tolerated: they belong to the log. */
function parseDocument(stdout: string): unknown {
  const start = /^\{/m.exec(stdout)?.index;
  if (start === undefined) return undefined;
  try {
    return JSON.parse(stdout.slice(start));
  } catch {
    return undefined;
  }
}

type Lists = Readonly<Partial<Record<"cleared" | "retried" | "skipped", readonly unknown[] | undefined>>>;

function beadResults({ cleared = [], retried = [], skipped = [] }: Lists): readonly BeadResult[] {
  const results: BeadResult[] = [];
  for (const item of cleared) {
    const { data } = clearedSchema.safeParse(item);
    if (data !== undefined) results.push(result(data.bead_id, data.success, data.error, data.error_code));
  }
  for (const item of retried) {
    const { data } = retriedSchema.safeParse(item);
    if (data !== undefined) results.push(result(data.bead_id, true));
  }
  for (const item of skipped) {
    const { data } = skippedSchema.safeParse(item);
    if (data !== undefined) results.push(result(data.bead_id, false, data.reason));
  }
  return results;
}

function result(beadId: string, isDone: boolean, message?: string, code?: string): BeadResult {
  return { beadId, isDone, ...(message !== undefined && { message }), ...(code !== undefined && { code }) };
}
