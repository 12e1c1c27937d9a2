// node standIn.js [--composer CHARACTER] [--work-ms N] [--hooks] [--socket PATH]: simulates an agent in a pane. ntm recognizes it
// by its output: a composer while it waits for a prompt, a line while it works, which is cleared afterwards.
//
// Commands, in a line that begins with `!`, or through its socket without that, each answered with `ok`:
//   finish            ends the current work
//   print N           prints N lines with escapes and wide characters
//   word STATE REASON runs the hook command with these words
//   leave SECONDS     starts a process that it doesn't wait for
//   fail              ends with an error on the screen and exit code 1
//   exit [CODE]       ends
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as net from "node:net";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { hookCommand, type HookWord } from "../../../src/agents/hooks";

const { values } = parseArgs({
  options: {
    composer: { type: "string", default: "❯" },
    "work-ms": { type: "string", default: "3000" },
    hooks: { type: "boolean", default: false },
    socket: { type: "string" },
  },
});

const workMs = Number(values["work-ms"]);
const seconds = Math.max(1, Math.round(workMs / 1000));
/** The lines of one prompt arrive together. */
const promptPauseMs = 30;

const up = "\x1b[1A\r\x1b[K";
const idle = { state: "idle", reason: "-" } as const;
const working = { state: "working", reason: "-", time: "turn" } as const;

let prompt: string[] = [];
let promptTimer: NodeJS.Timeout | undefined;
let work: NodeJS.Timeout | undefined;

function draw(text: string): void {
  process.stdout.write(text);
}

function drawComposer(forSeconds: number): void {
  draw(`\n✻ Cooked for ${forSeconds}s\n\n${values.composer} `);
}

async function say(word: HookWord): Promise<void> {
  const hook = spawn("sh", ["-c", hookCommand(word)], { stdio: ["pipe", "ignore", "ignore"] });
  hook.stdin.end(JSON.stringify({ hook_event_name: word.state }));
  await once(hook, "exit");
}

async function begin(): Promise<void> {
  prompt = [];
  draw(`✶ Working… (${seconds}s · esc to interrupt)\n`);
  if (values.hooks) await say(working);
  work = setTimeout(() => void finish(), workMs);
}

/** An agent whose working line stays on the screen looks busy indefinitely. */
async function finish(): Promise<void> {
  if (work === undefined) return;
  clearTimeout(work);
  work = undefined;
  draw(`${up}⏺ Did it.\n`);
  drawComposer(seconds);
  if (values.hooks) await say(idle);
}

function read(line: string): void {
  // ntm presses Escape before it types.
  const text = line.replaceAll("\x1b", "").trim();
  if (text.startsWith("!")) void obey(text.slice(1));
  else if (work !== undefined) draw(up);
  else if (text !== "") {
    prompt.push(text);
    clearTimeout(promptTimer);
    promptTimer = setTimeout(() => void begin(), promptPauseMs);
  } else if (prompt.length === 0) draw(`${up}${values.composer} `);
}

async function obey(command: string): Promise<void> {
  const [verb, first = "", second = "-"] = command.trim().split(" ");
  if (verb === "finish") await finish();
  else if (verb === "print") printLines(Number(first));
  else if (verb === "word") await say({ state: first, reason: second } as HookWord);
  else if (verb === "leave") spawn("sleep", [first], { stdio: "ignore" });
  else if (verb === "fail") {
    draw("\n⏺ API Error: 529 overloaded\n");
    if (values.hooks) await say({ state: "error", reason: "-" });
    process.exit(1);
  } else if (verb === "exit") {
    if (values.hooks) await say({ state: "gone", reason: "-" });
    process.exit(Number(first));
  } else throw new Error(`No such command: ${command}`);
}

/** Colours, a title, a link, wide and combining characters: all that agents print. */
function printLines(count: number): void {
  const lines = Array.from({ length: count }, (_, index) => {
    return `\x1b[1;3${index % 8}mline ${index + 1}\x1b[0m 漢字 👩‍💻 é \x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\`;
  });
  draw(`${lines.join("\n")}\n`);
}

function listen(path: string): void {
  const server = net.createServer((connection) => {
    connection.on("error", () => undefined); // The client disconnected.
    createInterface({ input: connection }).on("line", (command) => {
      // What ends this process is answered before.
      if (/^(?:exit|fail)\b/.test(command)) connection.end("ok\n", () => void obey(command));
      else
        obey(command).then(
          () => connection.end("ok\n"),
          (error: unknown) => connection.end(`${String(error)}\n`),
        );
    });
  });
  server.listen(path);
}

draw("Stand-in agent\n");
drawComposer(1);
if (values.hooks) void say(idle);
if (values.socket !== undefined) listen(values.socket);
createInterface({ input: process.stdin }).on("line", read);
process.stdin.once("end", () => process.exit());
