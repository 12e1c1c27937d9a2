import "../../support/editorWords";
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
import {
  errorExplanation,
  holdExplanation,
  holdSummary,
  problemExplanation,
  type Explanation,
} from "../../../src/words";

const now = Date.parse("2026-03-01T12:00:00Z");
const minutesAgo = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
const explain = (error: unknown, shownStatus?: string): Explanation =>
  errorExplanation(error, { health: { kind: "ok" }, now, shownStatus });

/** A sentence ends, names no class and no code, and leaves no placeholder open. */
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

describe("words: holds", () => {
  it("says in a few words what ntm is doing", () => {
    assert.deepEqual(
      holds.map((hold) => holdSummary(hold, now).replace(/\d\d:\d\d/, "hh:mm")),
      [
        "claiming for 14m, attempt 2",
        "reserving",
        "sending for 14m, attempt 1",
        "waiting for its prompt for 2m",
        "being cleared for 3m",
        "ending as completed",
        "outcome not yet picked up",
        "leased: 2 files until hh:mm",
        "leased: 1 file, ran out at hh:mm",
        "files reserved",
        "managed by ntm",
        "no pane id",
      ],
    );
  });

  it("explains each, with the bead and the error ntm noted", () => {
    for (const hold of holds) {
      const explanation = explain(new AssignmentHeldError("bd-1", hold));
      assertReadable(explanation);
      assert.match(explanation.sentence, /bd-1/);
      if ("error" in hold) assert.ok(explanation.sentence.includes(hold.error ?? ""), explanation.sentence);
    }
  });

  it("shows hostile times and outcomes as text", () => {
    assert.equal(holdSummary({ code: "leased", files: 3, until: "soon" }, now), "files reserved");
    assert.equal(holdSummary({ code: "clearing", since: "x", outcome: "a\nb" }, now), "ending as a b");
    assert.doesNotMatch(holdExplanation("[x](command:y)", { code: "atomic" }, now).sentence, /\]\(/);
  });
});

describe("words: errors", () => {
  it("tells a step that was never possible from one that another process overtook", () => {
    const error = new InvalidTransitionError("bd-1", "completed", "working");
    assert.equal(explain(error, "completed").sentence, "bd-1 is completed and can't become working.");
    assert.equal(
      explain(error, "assigned").sentence,
      "bd-1 was changed by another process: it is completed now, no longer assigned.",
    );
  });

  it("says of a retry and of a reassignment what they are for", () => {
    assert.deepEqual(explain(new InvalidTransitionError("bd-1", "working", "assigned")), {
      sentence: "bd-1 is working, and only a failed bead can be retried.",
      next: "Nothing was changed.",
    });
    assert.deepEqual(explain(new InvalidTransitionError("bd-1", "assigned", "reassigned")), {
      sentence: "bd-1 is assigned, and only a bead that is being worked on can be reassigned.",
      next: "Mark it as working first.",
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

  it("says of the disk what failed, on which file, and why", () => {
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
        assert.match(explanation.next, /The ledger is as it was\./);
      }
    }
    const full = Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    assert.deepEqual(explain(new PersistenceError("save", "/l", full)), {
      sentence: "/l couldn't be saved. The disk is full.",
      next: "The ledger is as it was. Free some space, then try again.",
    });
  });

  it("names who holds the lock when that is known", () => {
    const timeout = new LockTimeoutError(10_000, "ntm (4711)");
    assert.match(
      explain(new PersistenceError("lock for save", "/l", timeout)).sentence,
      /^ntm \(4711\) keeps the ledger/,
    );
    const anonymous = new LockTimeoutError(10_000, undefined);
    assert.match(explain(new PersistenceError("lock for save", "/l", anonymous)).next, /Look for a hanging ntm/);
    const missing = new LockUnavailableError("no koffi");
    for (const error of [missing, new PersistenceError("lock for save", "/l", missing)]) {
      assert.match(explain(error).sentence, /only shown and never changed/);
    }
  });

  it("speaks of the ledger's trouble when that is why nothing is written", () => {
    const problem: LedgerProblem = {
      code: "diverged",
      copy: "pair",
      message: "primary and backup diverge",
      remedy: "publish-primary",
    };
    const error = new PersistenceError("reload before save", "/l", new Error("primary and backup diverge"));
    const explanation = errorExplanation(error, { health: { kind: "unreadable", problem }, now });
    assert.equal(explanation.sentence, "/l and its backup differ though they claim to be the same save.");
    assert.equal(explanation.offer, "repairLedger");
  });
});

describe("words: ledger problems", () => {
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

  it("has its own sentence for each code, and its own next step for each remedy", () => {
    const problems = (code: LedgerProblem["code"], remedy: LedgerProblem["remedy"]): Explanation =>
      problemExplanation({ code, copy: "primary", message: "", remedy }, "/l");
    assert.equal(new Set(codes.map((code) => problems(code, "wait").sentence)).size, codes.length);
    assert.equal(new Set(remedies.map((remedy) => problems("busy", remedy).next)).size, remedies.length);
    for (const code of codes) for (const remedy of remedies) assertReadable(problems(code, remedy));
  });

  it("blames the copy that is to blame", () => {
    const of = (copy: LedgerProblem["copy"]): string =>
      problemExplanation({ code: "malformed", copy, message: "", remedy: "inspect" }, "/l").sentence;
    assert.equal(of("primary"), "/l is cut off, or isn't JSON.");
    assert.equal(of("backup"), "/l.bak is cut off, or isn't JSON.");
  });
});
