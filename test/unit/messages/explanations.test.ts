import "../../support/vscodeStub";
import * as assert from "node:assert/strict";
import {
  AssignmentHeldError,
  AssignmentNotFoundError,
  ConcurrentMutationError,
  InvalidSessionNameError,
  InvalidTransitionError,
  LockTimeoutError,
  LockUnavailableError,
  PersistenceError,
  type Hold,
  type LedgerProblem,
} from "../../../src/assignment";
import { holdExplanation, holdSummary, problemExplanation, type Explanation } from "../../../src/messages";
import { errorExplanation } from "../../../src/messages/error";

const now = Date.parse("2026-03-01T12:00:00Z");
const minutesAgo = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
const explain = (error: unknown, shownStatus?: string): Explanation =>
  errorExplanation(error, { health: { kind: "ok" }, now, shownStatus });

/** A sentence ends with a period, has no class name or code, and no unfilled placeholder. */
function assertReadable({ sentence, next }: Explanation): void {
  for (const text of [sentence, next]) {
    assert.match(text, /^[^\s].*[.]$/su, text);
    assert.doesNotMatch(text, /\{\d\}|undefined|\[ASSIGN\]|Error:/, text);
  }
}

const holds: readonly Hold[] = [
  { code: "in-flight", stage: "claim", since: minutesAgo(14), attempts: 2, error: "br timed out" },
  { code: "in-flight", stage: "reserve" },
  { code: "in-flight", stage: "dispatch", since: minutesAgo(14), attempts: 1 },
  { code: "in-flight", stage: "dispatch", isWaiting: true, since: minutesAgo(2), error: "no such pane" },
  { code: "clearing", since: minutesAgo(3) },
  { code: "clearing", outcome: "completed", error: "mail is down" },
  { code: "outbox", event: "bd-1/key/completed" },
  { code: "leased", files: 2, until: minutesAgo(-125) },
  { code: "leased", files: 1, until: minutesAgo(5) },
  { code: "leased", files: 0 },
  { code: "atomic" },
  { code: "unplaced" },
];

describe("text: holds", () => {
  it("describes in a short phrase what ntm is doing", () => {
    assert.deepEqual(
      holds.map((hold) => holdSummary(hold, now).replace(/\d\d:\d\d/, "hh:mm")),
      [
        "claiming for 14m, attempt 2",
        "reserving",
        "sending for 14m, attempt 1",
        "waiting for prompt for 2m",
        "being cleared for 3m",
        "ending as completed",
        "result not yet processed",
        "leased: 2 files until hh:mm",
        "leased: 1 file, expired at hh:mm",
        "files reserved",
        "managed by ntm",
        "no pane ID",
      ],
    );
  });

  it("explains each, with the bead and the error that ntm recorded", () => {
    for (const hold of holds) {
      const explanation = explain(new AssignmentHeldError("bd-1", hold));
      assertReadable(explanation);
      assert.match(explanation.sentence, /bd-1/);
      if ("error" in hold) assert.ok(explanation.sentence.includes(hold.error ?? ""), explanation.sentence);
    }
  });

  it("shows invalid times and outcomes as text", () => {
    assert.equal(holdSummary({ code: "leased", files: 3, until: "soon" }, now), "files reserved");
    assert.equal(holdSummary({ code: "clearing", since: "x", outcome: "a\nb" }, now), "ending as a b");
    assert.match(holdExplanation("[x](command:y)", { code: "atomic" }, now).sentence, /^\[x\]\(command:y\) was/);
  });
});

describe("text: errors", () => {
  it("distinguishes a step that was never allowed from one that another process made impossible", () => {
    const error = new InvalidTransitionError("bd-1", "completed", "working");
    assert.equal(explain(error, "completed").sentence, "bd-1 is completed and can't become working.");
    assert.equal(explain(error, "assigned").sentence, "Another process changed bd-1 from assigned to completed.");
  });

  it("explains for a retry and a reassignment which status they need", () => {
    assert.deepEqual(explain(new InvalidTransitionError("bd-1", "working", "assigned")), {
      sentence: "Can't retry bd-1 because it is working.",
      next: "Nothing was changed.",
    });
    assert.deepEqual(explain(new InvalidTransitionError("bd-1", "assigned", "reassigned")), {
      sentence: "Can't reassign bd-1 because it is assigned.",
      next: "Mark it as working first.",
      command: "startAndReassign",
    });
  });

  it("has a sentence and a next step for every error of the package", () => {
    const errors = [
      new InvalidTransitionError("bd-1", "assigned", "completed"),
      new AssignmentNotFoundError("bd-1"),
      ...(["create", "replace", "remove", "update removed assignment", "update superseded generation"] as const).map(
        (operation) => new ConcurrentMutationError("bd-1", operation),
      ),
    ];
    for (const error of errors) {
      assertReadable(explain(error));
      assert.match(explain(error).sentence, /bd-1/);
    }
    assertReadable(explain(new InvalidSessionNameError("../x")));
    assertReadable(explain(new TypeError("cannot read\nanything")));
    assertReadable(explain("a string"));
  });

  it("says for a failed file operation what failed, on which file, and why", () => {
    const operations = [
      "lock for save",

      "reload before save",
      "promote newer backup",
      "save backup",
      "save",
      "sync directory",
      "repair",
    ] as const;
    const codes = ["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EMFILE", "ENFILE", "ENOENT", "ELOOP", "EIO"];
    for (const operation of operations) {
      for (const code of codes) {
        const cause = Object.assign(new Error(`${code}: it failed`), { code });
        const explanation = explain(new PersistenceError(operation, "/home/me/assignments.json", cause));
        assert.match(explanation.sentence, /^\/home\/me\/assignments\.json couldn't be /);
        assert.match(explanation.next, /The ledger wasn't changed\./);
      }
    }
    const full = Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    assert.deepEqual(explain(new PersistenceError("save", "/l", full)), {
      sentence: "/l couldn't be saved. The disk is full.",
      next: "The ledger wasn't changed. Free up some space, then try again.",
    });
  });

  it("names the process that holds the lock, if known", () => {
    const timeout = new LockTimeoutError(10_000, "ntm (4711)");
    assert.match(
      explain(new PersistenceError("lock for save", "/l", timeout)).sentence,
      /^ntm \(4711\) has locked the ledger/,
    );
    const anonymous = new LockTimeoutError(10_000, undefined);
    assert.match(explain(new PersistenceError("lock for save", "/l", anonymous)).next, /Check for a hanging ntm/);
    const missing = new LockUnavailableError("no koffi");
    for (const error of [missing, new PersistenceError("lock for save", "/l", missing)]) {
      assert.match(explain(error).sentence, /shown read-only/);
    }
  });

  it("names the ledger's problem if that is why nothing is written", () => {
    const problem: LedgerProblem = {
      code: "diverged",
      copy: "pair",
      message: "primary and backup diverge",
      remedy: "publish-primary",
    };
    const error = new PersistenceError("reload before save", "/l", new Error("primary and backup diverge"));
    const explanation = errorExplanation(error, { health: { kind: "unreadable", problem }, now });
    assert.equal(explanation.sentence, "/l and its backup have the same generation but different content.");
    assert.equal(explanation.command, "repairLedger");
  });
});

describe("text: ledger problems", () => {
  const codes = [
    "malformed",
    "invalid-field",
    "invalid-row",
    "foreign-session",
    "newer-schema",
    "missing-generation",
    "unexpected-generation",
    "diverged",
    "generation-gap",
    "orphaned-backup",
    "no-permission",
    "not-a-file",
    "too-large",
    "outside-storage",
    "input-output",
    "busy",
  ] as const satisfies LedgerProblem["code"][];
  const remedies = [
    "promote-backup",
    "publish-primary",
    "update-extension",
    "check-permissions",
    "remove-obstacle",
    "inspect",
    "wait",
  ] as const satisfies LedgerProblem["remedy"][];

  it("has a sentence for each code, and a next step for each remedy", () => {
    const problems = (code: LedgerProblem["code"], remedy: LedgerProblem["remedy"]): Explanation =>
      problemExplanation({ code, copy: "primary", message: "", remedy }, "/l");
    assert.equal(new Set(codes.map((code) => problems(code, "wait").sentence)).size, codes.length);
    assert.equal(new Set(remedies.map((remedy) => problems("busy", remedy).next)).size, remedies.length);
    for (const code of codes) for (const remedy of remedies) assertReadable(problems(code, remedy));
  });

  it("names the copy that has the problem", () => {
    const of = (copy: LedgerProblem["copy"]): string =>
      problemExplanation({ code: "malformed", copy, message: "", remedy: "inspect" }, "/l").sentence;
    assert.equal(of("primary"), "/l is incomplete or not valid JSON.");
    assert.equal(of("backup"), "/l.bak is incomplete or not valid JSON.");
  });
});
