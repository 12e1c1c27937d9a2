// The messages between the timeline's webview and the extension. Both ends validate what they receive: a webview may have
// been restored by another version of the extension, and its content comes from agents.
import * as z from "zod/mini";
import type { TimelineStrings } from "./strings";

/** The way of a bead to its agent, in order. A plain row of the ledger has the last two alone. */
export const stageNames = ["claim", "dispatch", "assigned", "working"] as const;
export type BarStageName = (typeof stageNames)[number];

/** How an assignment ended; `open` while it is in flight. A stranded one, or one without its agent, will not go on alone. */
export const outcomes = ["open", "completed", "failed", "given-up", "stranded", "agent-exited"] as const;
export type Outcome = (typeof outcomes)[number];

/** Times are in milliseconds since the epoch. */
export interface TimelineStage {
  readonly stage: BarStageName;
  readonly start: number;
  /** Absent for the stage that lasts until now. */
  readonly end?: number | undefined;
}

/** One bead with one agent, from when it was claimed or assigned to how that ended. */
export interface TimelineBar {
  /** The bead and the generation of its row: a bead that was given again has a second bar. */
  readonly id: string;
  readonly beadId: string;
  readonly title: string;
  /** The `id` of its lane. */
  readonly lane: string;
  /** At least one, in order of time. */
  readonly stages: readonly TimelineStage[];
  readonly outcome: Outcome;
  readonly retries: number;
  /** Why it failed, was given up, or doesn't go on. */
  readonly reason?: string | undefined;
}

/** A pane. */
export interface TimelineLane {
  /** The identity of the pane. */
  readonly id: string;
  /** Such as `Pane 3`. */
  readonly label: string;
  /** The kind of agent and its name, such as `codex · BlueLake`. */
  readonly agent: string;
  /** The part of the observed time in which a bead was being worked on, from 0 to 1; absent where too little is known. */
  readonly share?: { readonly value: number; readonly beads: number } | undefined;
}

/** The number of beads that a value is calculated from. */
export interface Rate {
  readonly perHour: number;
  readonly beads: number;
}

/** How long the completed beads of one kind of agent took, in milliseconds. */
export interface CompletionTime {
  readonly agent: string;
  readonly medianMs: number;
  readonly p90Ms: number;
  readonly beads: number;
}

/** Each is absent if there are too few beads for it. */
export interface TimelineStatistics {
  readonly throughput?: Rate | undefined;
  readonly failures?: Rate | undefined;
  readonly completionTimes: readonly CompletionTime[];
}

export interface TimelineData {
  /** The session's name. */
  readonly session: string;
  /** In the order of the tree. */
  readonly lanes: readonly TimelineLane[];
  readonly bars: readonly TimelineBar[];
  readonly statistics: TimelineStatistics;
  /** By the clock of the machine that keeps the ledger, when this was put together. */
  readonly now: number;
}

export type MessageToWebview =
  | {
      readonly type: "show";
      readonly data: TimelineData;
      readonly strings: TimelineStrings;
      /** A BCP 47 tag, by which times are written. */
      readonly language: string;
    }
  | { readonly type: "update"; readonly data: TimelineData }
  /** Reveals and selects the last bar of the bead. */
  | { readonly type: "select"; readonly beadId: string };

export type MessageToHost =
  | { readonly type: "ready" }
  | { readonly type: "reveal"; readonly beadId: string }
  | { readonly type: "showHistory"; readonly beadId: string }
  | { readonly type: "saveSvg"; readonly svg: string }
  | { readonly type: "exportCsv" };

/** What the webview keeps across reloads. */
export interface TimelineState {
  readonly session: string;
  /** The times at the edges, in milliseconds; absent when all there is fits the window. */
  readonly range?: { readonly from: number; readonly to: number } | undefined;
  readonly scrollTop: number;
  readonly isTable: boolean;
}

/** Any longer one is cut before it is sent. */
export const longestText = 2_000;

// Of zod only objects, arrays and conditions of our own are used: unions, strings and the like weigh as much again.
const time = z.custom<number>(isTime);
const amount = z.custom<number>(isAmount);
const part = z.custom<number>((value: unknown) => isAmount(value) && value <= 1);
const count = z.custom<number>(isCount);
const text = z.custom<string>(isText);
const only = <T extends string>(name: T): z.ZodMiniCustom<T, T> => z.custom<T>((value: unknown) => value === name);

const rate = z.object({ perHour: amount, beads: count });

/** By hand, because there may be ten thousand of them, and zod takes ten times as long. */
function isBar(value: unknown): value is TimelineBar {
  if (!isRecord(value)) return false;
  const { id, beadId, title, lane, stages, outcome, retries, reason } = value;
  return (
    [id, beadId, title, lane].every(isText) &&
    (reason === undefined || isText(reason)) &&
    isOneOf(outcomes, outcome) &&
    isCount(retries) &&
    Array.isArray(stages) &&
    stages.length > 0 &&
    stages.every(isStage)
  );
}

function isStage(value: unknown): value is TimelineStage {
  if (!isRecord(value)) return false;
  const { stage, start, end } = value;
  return isOneOf(stageNames, stage) && isTime(start) && (end === undefined || isTime(end));
}

const lane = z.object({
  id: text,
  label: text,
  agent: text,
  share: z.optional(z.object({ value: part, beads: count })),
});
const data = z.object({
  session: text,
  lanes: z.array(lane),
  bars: z.custom<readonly TimelineBar[]>((value: unknown) => Array.isArray(value) && value.every(isBar)),
  statistics: z.object({
    throughput: z.optional(rate),
    failures: z.optional(rate),
    completionTimes: z.array(z.object({ agent: text, medianMs: amount, p90Ms: amount, beads: count })),
  }),
  now: time,
});
/** The extension's strings, of the same build as the page. */
const strings = z.custom<TimelineStrings>((value: unknown) => typeof value === "object" && value !== null);

const toWebview: { readonly [Type in MessageToWebview["type"]]: Schema<MessageToWebview & { type: Type }> } = {
  show: z.object({ type: only("show"), data, strings, language: text }),
  update: z.object({ type: only("update"), data }),
  select: z.object({ type: only("select"), beadId: text }),
};

const toHost: { readonly [Type in MessageToHost["type"]]: Schema<MessageToHost & { type: Type }> } = {
  ready: z.object({ type: only("ready") }),
  reveal: z.object({ type: only("reveal"), beadId: text }),
  showHistory: z.object({ type: only("showHistory"), beadId: text }),
  saveSvg: z.object({ type: only("saveSvg"), svg: z.custom<string>((value: unknown) => typeof value === "string") }),
  exportCsv: z.object({ type: only("exportCsv") }),
};

const state = z.object({
  session: text,
  range: z.optional(z.object({ from: time, to: time }).check(z.refine(({ from, to }) => from < to))),
  scrollTop: amount,
  isTable: z.custom<boolean>((value: unknown) => typeof value === "boolean"),
});

/** The message, or `undefined` when it isn't one. */
export function readMessageToWebview(message: unknown): MessageToWebview | undefined {
  return read<MessageToWebview>(toWebview, message);
}

/** The message, or `undefined` when it isn't one. */
export function readMessageToHost(message: unknown): MessageToHost | undefined {
  return read<MessageToHost>(toHost, message);
}

/** What was kept, or `undefined` when nothing was, or nothing that can be used. */
export function readState(value: unknown): TimelineState | undefined {
  return state.safeParse(value).data;
}

/** In milliseconds since the epoch, as far as a `Date` reaches. */
function isTime(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= 8.64e15;
}

function isAmount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function isCount(value: unknown): value is number {
  return isAmount(value) && Number.isSafeInteger(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= longestText;
}

function isOneOf<T extends string>(names: readonly T[], value: unknown): value is T {
  return names.some((name) => name === value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

interface Schema<T> {
  safeParse(value: unknown): { readonly data?: T | undefined };
}

function read<T>(schemas: Readonly<Record<string, Schema<T>>>, message: unknown): T | undefined {
  if (typeof message !== "object" || message === null || !("type" in message)) return undefined;
  const { type } = message;
  return typeof type === "string" && Object.hasOwn(schemas, type) ? schemas[type]?.safeParse(message).data : undefined;
}
