// The input schemas of the tools: for agents over MCP, and for the editor's chat.
import * as z from "zod/mini";
import { refusal, type ToolAnswer } from "./answer";

const text = (maxLength: number, description: string): z.ZodMiniString =>
  z.string().check(z.minLength(1), z.maxLength(maxLength), z.describe(description));

const ownBeadId = z.optional(
  text(
    1000,
    "The bead you take for yours. It is refused when it isn't, which guards against a bead replaced meanwhile.",
  ),
);
const beadId = text(1000, "The bead's id.");
const reason = text(2000, "Why, in one or two sentences. The user reads it.");

export const nothing = z.strictObject({});
export const ownBead = z.strictObject({ bead_id: ownBeadId });
export const failure = z.strictObject({ reason, bead_id: ownBeadId });
export const question = z.strictObject({
  text: text(2000, "What you need, in one or two sentences. The user reads it."),
});
export const listQuery = z.strictObject({
  status: z.optional(text(40, "Only beads with this status, such as working or failed.")),
  limit: z.optional(z.int().check(z.gte(1), z.lte(500), z.describe("How many at most; 50 by default."))),
});
export const anyBead = z.strictObject({ bead_id: beadId });
export const failureOfAny = z.strictObject({ bead_id: beadId, reason });

/** The input as the tool takes it, or the answer that says what doesn't fit. */
export function parseInput<Schema extends z.ZodMiniObject>(
  schema: Schema,
  input: unknown,
  toolName: string,
): { readonly input: z.infer<Schema> } | { readonly refused: ToolAnswer } {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return { input: parsed.data };
  const issues = parsed.error.issues.map(({ path, message }) => [...path.map(String), message].join(": "));
  return {
    refused: refusal(
      "invalid-arguments",
      `The arguments of ${toolName} don't fit: ${issues.join("; ").slice(0, 500)}.`,
      "Call it again with arguments that fit its schema.",
    ),
  };
}
