import * as assert from "node:assert/strict";
import { ofBothTries, patternOfSuites } from "../../support/tiers/secondTry";
import type { FailedTest, SuiteResult } from "../../support/tiers/suite";
import { stepMs, tierLimits, waitMs } from "../../support/timeLimits";

const failure = (title: string, suite = "s"): FailedTest => ({ title, suite, error: "", evidence: [] });
const result = (passed: readonly string[], ...failed: readonly FailedTest[]): SuiteResult => ({
  passed,
  failed,
  skipped: 0,
});

describe("a second try", () => {
  it("makes a test flaky that passes then, and not one that fails again", () => {
    const both = ofBothTries(result(["a"], failure("b"), failure("c")), result(["a", "b"], failure("c")));
    assert.deepEqual(both.passed, ["a", "b"]);
    assert.deepEqual(both.flaky, ["b"]);
    assert.deepEqual(
      both.failed.map(({ title }) => title),
      ["c"],
    );
  });

  it("makes a test flaky, too, that fails only then", () => {
    const both = ofBothTries(result(["a"], failure("b")), result(["b"], failure("a")));
    assert.deepEqual([both.passed, both.flaky, both.failed], [["a", "b"], ["b", "a"], []]);
  });

  it("mends nothing if nothing ran in it, and counts the tests that a hook kept from running", () => {
    assert.equal(ofBothTries(result([], failure("a")), result([])).failed.length, 1);
    const hook = failure('s "before all" hook for "a"');
    assert.deepEqual(ofBothTries(result([], hook), result(["a"])), {
      passed: ["a"],
      failed: [],
      skipped: 0,
      flaky: [hook.title],
    });
  });

  it("is of whole suites, which share a window", () => {
    const pattern = new RegExp(patternOfSuites([failure("x", "keys (all)"), failure("y", "a. b")]));
    assert.ok(pattern.test("keys (all) do this") && pattern.test("a. b c"));
    assert.ok(!pattern.test("other keys (all)") && !pattern.test("a! b c"));
  });
});

describe("the time limits of tests", () => {
  it("are longer than those of what happens within", () => {
    for (const { testMs, tierMs } of Object.values(tierLimits)) {
      const limits: readonly number[] = [waitMs, stepMs, testMs, tierMs];
      assert.deepEqual(
        limits,
        [...limits].sort((a, b) => a - b),
      );
      assert.equal(new Set(limits).size, limits.length);
    }
  });
});
