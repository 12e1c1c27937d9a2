// Puts the hooks into the text of an agent's settings, and takes them out again. Comments, formatting and other hooks stay.
import { applyEdits, modify, parseTree, type JSONPath, type Node, type ParseError } from "jsonc-parser";
import { hookCommand, isHookCommand, hookTable, hookTimeout, type AgentHook, type HookedAgent } from "./hooks";

/** `outdated`: hooks of ours are there, but not exactly those of this version. */
export type HookInstallation = "installed" | "outdated" | "absent";

const maxCharacters = 4 * 1024 * 1024;
const byteOrderMark = "\uFEFF";

/** What goes into an empty settings file, to be copied by hand. */
export function hookSnippet(agent: HookedAgent): string {
  return mergeHooks(agent, "");
}

/** @throws {HookSettingsError} when the text can't be understood */
export function hookInstallation(agent: HookedAgent, text: string): HookInstallation {
  const found = ownHandlers(parse(text));
  if (found.length === 0) return "absent";
  const expected = hookTable[agent].map((hook) => signature(hook.event, hook.matcher, hookCommand(hook)));
  const actual = found.map(({ event, matcher, command }) => signature(event, matcher, command));
  const isSame = actual.length === expected.length && expected.every((one) => actual.includes(one));
  return isSame ? "installed" : "outdated";
}

/**
 * The settings with the hooks in them, each once. Lines of an older version are replaced.
 * @throws {HookSettingsError} when the text can't be understood
 */
export function mergeHooks(agent: HookedAgent, text: string): string {
  if (hookInstallation(agent, text) === "installed") return text;
  const cleared = removeHooks(text);
  let merged = /\S/.test(cleared.replace(byteOrderMark, "")) ? cleared : `${cleared.slice(0, bomLength(cleared))}{}\n`;
  for (const hook of hookTable[agent]) {
    const count = groupsOf(parse(merged), hook.event).length;
    merged = edit(merged, ["hooks", hook.event, count], group(agent, hook));
  }
  parse(merged); // What can't be read again must not be written.
  return merged;
}

/**
 * The settings without any hook of ours, of any version.
 * @throws {HookSettingsError} when the text can't be understood
 */
export function removeHooks(text: string): string {
  let rest = text;
  for (;;) {
    const last = ownHandlers(parse(rest)).at(-1);
    if (last === undefined) return rest;
    rest = edit(rest, last.emptiedBy, undefined);
  }
}

interface OwnHandler {
  readonly event: string;
  readonly matcher: string | undefined;
  readonly command: string;
  /** The outermost thing that holds nothing else: the handler, its group, its event, or all hooks. */
  readonly emptiedBy: JSONPath;
}

function ownHandlers(root: Node | undefined): readonly OwnHandler[] {
  const hooks = hooksOf(root);
  const events = hooks?.children ?? [];
  return events.flatMap((property) => {
    const event = String(property.children?.[0]?.value);
    const groups = groupsOf(root, event);
    return groups.flatMap((groupNode, groupIndex) => {
      const handlers = valueOf(groupNode, "hooks")?.children ?? [];
      return handlers.flatMap((handler, index): readonly OwnHandler[] => {
        const command: unknown = valueOf(handler, "command")?.value;
        if (typeof command !== "string" || !isHookCommand(command)) return [];
        const matcher: unknown = valueOf(groupNode, "matcher")?.value;
        let emptiedBy: JSONPath = ["hooks", event, groupIndex, "hooks", index];
        if (handlers.length === 1) emptiedBy = ["hooks", event, groupIndex];
        if (handlers.length === 1 && groups.length === 1) emptiedBy = ["hooks", event];
        if (handlers.length === 1 && groups.length === 1 && events.length === 1) emptiedBy = ["hooks"];
        return [{ event, matcher: typeof matcher === "string" ? matcher : undefined, command, emptiedBy }];
      });
    });
  });
}

/** The settings' tree; undefined when there is nothing in the text. */
function parse(text: string): Node | undefined {
  if (text.length > maxCharacters) throw new HookSettingsError("unparsable", "the file is larger than any settings");
  const errors: ParseError[] = [];
  const root = guarded(() => parseTree(stripByteOrderMark(text), errors));
  if (root === undefined && !/\S/.test(stripByteOrderMark(text))) return undefined;
  const [error] = errors;
  if (error !== undefined) throw new HookSettingsError("unparsable", `no JSON at character ${error.offset}`);
  if (root?.type !== "object") throw new HookSettingsError("unexpected-shape", "the settings are no object");
  return root;
}

function hooksOf(root: Node | undefined): Node | undefined {
  const hooks = valueOf(root, "hooks");
  if (hooks !== undefined && hooks.type !== "object") {
    throw new HookSettingsError("unexpected-shape", "`hooks` is no object");
  }
  return hooks;
}

function groupsOf(root: Node | undefined, event: string): readonly Node[] {
  const groups = valueOf(hooksOf(root), event);
  if (groups === undefined) return [];
  // Gemini CLI once kept switches such as `enabled` beside the events.
  if (groups.type !== "array") {
    if (isEvent(event)) throw new HookSettingsError("unexpected-shape", `\`hooks.${event}\` is no list`);
    return [];
  }
  return groups.children ?? [];
}

function isEvent(name: string): boolean {
  return Object.values(hookTable).some((hooks) => hooks.some(({ event }) => event === name));
}

/** Of two properties of one name agents take the last, and an edit would change the first. */
function valueOf(object: Node | undefined, name: string): Node | undefined {
  const properties = object?.type === "object" ? (object.children ?? []) : [];
  const [first, second] = properties.filter(({ children }) => children?.[0]?.value === name);
  if (second !== undefined) throw new HookSettingsError("unexpected-shape", `\`${name}\` stands there twice`);
  return first?.children?.[1];
}

function group(agent: HookedAgent, hook: AgentHook): unknown {
  const handler = { type: "command", command: hookCommand(hook), timeout: hookTimeout[agent] };
  return { ...(hook.matcher !== undefined && { matcher: hook.matcher }), hooks: [handler] };
}

function edit(text: string, path: JSONPath, value: unknown): string {
  const body = stripByteOrderMark(text);
  const formattingOptions = formatting(body);
  const edits = guarded(() => modify(body, path, value, { formattingOptions }));
  return text.slice(0, bomLength(text)) + applyEdits(body, edits);
}

/** As the file is formatted already. */
function formatting(text: string): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indent = /^[^\S\r\n]+/m.exec(text)?.[0] ?? "  ";
  return {
    insertSpaces: !indent.startsWith("\t"),
    tabSize: indent.startsWith("\t") ? 1 : indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}

/** The parser calls itself for every level of nesting. */
function guarded<T>(parsing: () => T): T {
  try {
    return parsing();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new HookSettingsError("unparsable", "nested too deeply", undefined, { cause: error });
  }
}

function bomLength(text: string): number {
  return text.startsWith(byteOrderMark) ? 1 : 0;
}

function stripByteOrderMark(text: string): string {
  return text.slice(bomLength(text));
}

function signature(event: string, matcher: string | undefined, command: string): string {
  return JSON.stringify([event, matcher, command]);
}

/**
 * - `unparsable`: the file is not JSON, not UTF-8, or larger or more deeply nested than any settings
 * - `unexpected-shape`: the hooks stand there in a way that the agent's documentation doesn't describe, or twice
 * - `not-a-file`: a directory, a pipe, or a link that leads nowhere
 * - `unreadable`, `unwritable`: the system refused
 * - `changed`: another program has changed the file since the preview
 */
export type HookSettingsProblem =
  "unparsable" | "unexpected-shape" | "not-a-file" | "unreadable" | "unwritable" | "changed";

export class HookSettingsError extends Error {
  override readonly name = "HookSettingsError";
  constructor(
    readonly problem: HookSettingsProblem,
    /** Technical, for the log. */
    readonly detail: string,
    /** Where a file is concerned. */
    readonly file?: string,
    options?: ErrorOptions,
  ) {
    super(`${file ?? "settings"}: ${problem}: ${detail}`, options);
  }
}
