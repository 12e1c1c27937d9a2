// node standIn.js ARGUMENTS: a stand-in for ntm, for tests. `assign` changes the ledger under $HOME as the real program does, under
// the same locks, and prints what it prints. A control file, `ntm-stand-in.json` in $HOME, has it refuse, take its time, or die.
import * as fs from "node:fs";
import * as path from "node:path";
import { beadLockPath } from "../../../src/ledger/paths";
import { lockAsForeigner } from "../foreignLock";
import { changeAsNtm, type LedgerContent } from "../foreignSave";
import { callsFile, controlFile, type StandInControl } from "./control";

type Row = Record<string, unknown>;

interface Answer {
  readonly subcommand: string;
  readonly data?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly data?: unknown,
  ) {
    super(message);
  }
}

const home = process.env["HOME"]!;

async function main(args: readonly string[]): Promise<void> {
  fs.appendFileSync(callsFile(home), `${JSON.stringify({ args, cwd: process.cwd() })}\n`);
  if (args[0] === "version") {
    process.stdout.write("ntm version 1.29.3\n  commit:    stand-in\n");
    return;
  }
  const control = readControl();
  if (control.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, control.delayMs));
  if (control.output !== undefined) process.stdout.write(control.output);
  else print(args, assign(args, control));
}

function readControl(): StandInControl {
  const file = controlFile(home);
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as StandInControl) : {};
}

function print(args: readonly string[], { subcommand, data, error }: Answer): void {
  const timestamp = new Date().toISOString();
  const head = { command: "assign", subcommand, session: sessionOf(args), timestamp, success: error === undefined };
  const body = { ...head, ...(data !== undefined && { data }), warnings: [], ...(error !== undefined && { error }) };
  process.stdout.write(`${JSON.stringify(body)}\n`);
  if (error !== undefined) process.exitCode = 1;
}

function assign(args: readonly string[], control: StandInControl): Answer {
  const [subcommand, run] = stepOf(args, control);
  try {
    const { code, message = "refused by the stand-in", unless } = control.refuse ?? {};
    if (code !== undefined && (unless === undefined || !args.includes(unless))) throw new Refusal(code, message);
    return { subcommand, data: run() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { subcommand, data: error.data, error: { code: error.code, message: error.message } };
  }
}

function stepOf(args: readonly string[], control: StandInControl): [subcommand: string, run: () => unknown] {
  const [clear, retry, reassign, beads] = ["--clear", "--retry", "--reassign", "--beads"].map((name) =>
    flag(args, name),
  );
  if (clear !== undefined) return ["clear", () => clearRows(args, clear.split(","))];
  if (retry !== undefined) return ["retry", () => retryRow(args, retry, control)];
  if (reassign !== undefined) return ["reassign", () => reassignRow(args, reassign, control)];
  return ["pane", () => assignToPane(args, beads ?? "", control)];
}

function clearRows(args: readonly string[], beadIds: readonly string[]): unknown {
  const cleared = beadIds.map((beadId) => {
    return underLocks(args, beadId, (content) => {
      const row = content.assignments[beadId];
      const result = {
        bead_id: beadId,
        previous_pane: row?.["pane"] ?? 0,
        previous_agent: row?.["agent_name"] ?? "",
        previous_agent_type: row?.["agent_type"] ?? "",
        previous_status: row?.["status"] ?? "",
        assignment_found: row !== undefined,
        file_reservations_released: false,
      };
      const error = row === undefined ? "assignment not found" : refusalToClear(beadId, row, args.includes("--force"));
      if (error !== undefined) return { ...result, success: false, error };
      const counts = content as unknown as { cleared_generations?: Record<string, number> };
      counts.cleared_generations = { ...counts.cleared_generations };
      counts.cleared_generations[beadId] = (counts.cleared_generations[beadId] ?? 0) + 1;
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a map of rows, as in the file
      delete content.assignments[beadId];
      return { ...result, success: true };
    });
  });
  const failed = cleared.filter(({ success }) => !success).length;
  const summary = { cleared_count: cleared.length - failed, reservations_released: 0 };
  if (failed === 0) return { cleared, summary };
  const message = `${failed} of ${cleared.length} assignments failed to clear`;
  throw new Refusal("CLEAR_FAILED", message, { cleared, summary: { ...summary, failed_count: failed } });
}

function refusalToClear(beadId: string, row: Row, isForced: boolean): string | undefined {
  if (row["dispatch_state"] === "sending") {
    return `assignment dispatch outcome is unknown: cannot clear ${beadId} while dispatch outcome is unknown`;
  }
  return row["status"] === "completed" && !isForced ? "assignment is completed" : undefined;
}

function retryRow(args: readonly string[], beadId: string, control: StandInControl): unknown {
  const before = existing(args, beadId);
  if (before["status"] !== "failed") {
    throw new Refusal("NOT_FAILED", `bead ${beadId} is not in a retryable state (status: ${String(before["status"])})`);
  }
  const retries = Number(before["retry_count"] ?? 0) + 1;
  const paneId = flag(args, "--to-pane") ?? String(before["occupancy_key"]);
  const row = dispatch(args, beadId, { ...kept(before), ...placed(paneId), retry_count: retries }, control);
  const retried = {
    ...described(row),
    previous_pane: before["pane"],
    previous_agent: before["agent_name"] ?? "",
    previous_fail_reason: before["fail_reason"] ?? "",
    retry_count: retries,
  };
  return { retried: [retried], skipped: [], summary: { total_failed: 1, retried_count: 1, skipped_count: 0 } };
}

function reassignRow(args: readonly string[], beadId: string, control: StandInControl): unknown {
  const before = existing(args, beadId);
  const status = String(before["status"]);
  if (status !== "working") {
    throw new Refusal("INVALID_STATE", `bead ${beadId} assignment is not reassignable from status ${status}`);
  }
  const row = dispatch(args, beadId, { ...kept(before), ...placed(flag(args, "--to-pane") ?? "") }, control);
  return {
    ...described(row),
    previous_pane: before["pane"],
    previous_agent: before["agent_name"] ?? "",
    previous_agent_type: before["agent_type"],
    previous_status: status,
    file_reservations_transferred: false,
  };
}

function assignToPane(args: readonly string[], beadId: string, control: StandInControl): unknown {
  const paneId = flag(args, "--pane") ?? "";
  const owner = Object.values(read(args).assignments).find((row) => {
    const isActive = !["completed", "failed", "reassigned"].includes(String(row["status"]));
    return isActive && row["occupancy_key"] === paneId;
  });
  if (owner !== undefined) {
    const message = `assignment target already has active work: ${paneId} is owned by bead ${String(owner["bead_id"])}`;
    throw new Refusal("TARGET_BUSY", message);
  }
  const fields = { bead_id: beadId, bead_title: `Title of ${beadId}`, agent_type: "claude", ...placed(paneId) };
  const row = dispatch(args, beadId, fields, control);
  const target = { pane_target: paneId.slice(1), pane_id: paneId, prompt: row["prompt_sent"] };
  const transport = { sent: true, delivery_id: row["dispatch_receipt_id"], duration_ms: 10 };
  return { assignment: { ...described(row), ...target }, receipt: { work_item_id: beadId, transport } };
}

/** Both saves of a dispatch, with the bead's lock held in between; dying there leaves the row `sending`. */
function dispatch(args: readonly string[], beadId: string, fields: Row, control: StandInControl): Row {
  const release = lockAsForeigner(beadLockPath({ primary: primaryOf(args) }, beadId));
  const time = new Date().toISOString();
  const prompt = `Work on bead ${beadId}: ${String(fields["bead_title"])}.`;
  const claim = {
    idempotency_key: `key-${time}`,
    claim_actor: `pane/ntm-${time}`,
    claim_state: "claimed",
    claimed_at: time,
  };
  const dispatchFields = { dispatch_state: "sending", dispatch_attempts: 1, dispatch_started_at: time };
  const sending = {
    ...fields,
    status: "claimed",
    assigned_at: time,
    ...claim,
    ...dispatchFields,
    pending_prompt: prompt,
  };
  save(args, (content) => (content.assignments[beadId] = sending));
  if (control.dies === true) process.kill(process.pid, "SIGKILL");
  if (control.strands === true) {
    release();
    throw new Refusal("DISPATCH_UNKNOWN", `dispatch ${beadId}: assignment dispatch outcome is unknown`);
  }
  const { pending_prompt: sent, ...rest } = sending;
  const receipt = { dispatch_state: "sent", dispatched_at: time, dispatch_receipt_id: `${time}/stand-in` };
  const row = { ...rest, status: "assigned", prompt_sent: sent, ...receipt };
  save(args, (content) => (content.assignments[beadId] = row));
  release();
  return row;
}

function underLocks<T>(args: readonly string[], beadId: string, edit: (content: LedgerContent) => T): T {
  const release = lockAsForeigner(beadLockPath({ primary: primaryOf(args) }, beadId));
  try {
    return save(args, edit);
  } finally {
    release();
  }
}

function save<T>(args: readonly string[], edit: (content: LedgerContent) => T): T {
  const primary = primaryOf(args);
  const release = lockAsForeigner(`${primary}.lock`);
  try {
    let result: T | undefined;
    changeAsNtm(primary, (content) => (result = edit(content)));
    return result!;
  } finally {
    release();
  }
}

function existing(args: readonly string[], beadId: string): Row {
  const row = read(args).assignments[beadId];
  if (row === undefined) throw new Refusal("NOT_FOUND", `bead ${beadId} not found in assignments`);
  return row;
}

function kept({ bead_id, bead_title, agent_type, agent_name, retry_count }: Row): Row {
  return { bead_id, bead_title, agent_type, agent_name, retry_count };
}

function placed(paneId: string): Row {
  return { pane: Number(paneId.slice(1)), occupancy_key: paneId, dispatch_target: paneId };
}

function described({ bead_id, bead_title, pane, agent_type, agent_name, status, assigned_at }: Row): Row {
  return { bead_id, bead_title, pane, agent_type, agent_name, status, prompt_sent: true, assigned_at };
}

function read(args: readonly string[]): LedgerContent {
  return JSON.parse(fs.readFileSync(primaryOf(args), "utf8")) as LedgerContent;
}

function primaryOf(args: readonly string[]): string {
  return path.join(home, ".ntm/sessions", sessionOf(args), "assignments.json");
}

function sessionOf(args: readonly string[]): string {
  const end = args.indexOf("--");
  return (end < 0 ? args[1] : args[end + 1]) ?? "";
}

function flag(args: readonly string[], name: string): string | undefined {
  const joined = args.find((argument) => argument.startsWith(`${name}=`));
  if (joined !== undefined) return joined.slice(name.length + 1);
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}

void main(process.argv.slice(2));
