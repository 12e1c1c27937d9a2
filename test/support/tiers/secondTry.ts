// A second try for tests that fail where timing isn't ours: in a browser, in an extension host, beside tmux. What passes then is
// flaky: a defect to mend, but not what the change under test broke.
import type { FailedTest, SuiteResult } from "./suite";

export interface TriedResult extends SuiteResult {
  /** The titles of the tests that passed in one of two tries. */
  readonly flaky: readonly string[];
}

/** A pattern of the titles of all tests that share a window, a home or a server with one that failed. */
export function patternOfSuites(failed: readonly FailedTest[]): string {
  const suites = new Set(failed.map(({ suite }) => suite));
  return Array.from(suites, (suite) => `^${suite.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}`).join("|");
}

/** @param second the result of the suites in which a test failed, in a fresh process */
export function ofBothTries(first: SuiteResult, second: SuiteResult): TriedResult {
  const titlesOf = (failed: readonly FailedTest[]): ReadonlySet<string> => new Set(failed.map(({ title }) => title));
  const [failedFirst, failedAgain] = [titlesOf(first.failed), titlesOf(second.failed)];
  const passedFirst = new Set(first.passed);
  // A second try of which nothing ran says nothing.
  const ran = second.passed.length + second.failed.length > 0;
  const isFlaky = ({ title }: FailedTest): boolean => ran && !failedAgain.has(title);
  return {
    passed: [...first.passed, ...second.passed.filter((title) => !passedFirst.has(title))],
    failed: [
      ...first.failed.filter((one) => !isFlaky(one)),
      ...second.failed.filter(({ title }) => !failedFirst.has(title) && !passedFirst.has(title)),
    ],
    skipped: first.skipped,
    flaky: [
      ...first.failed.filter(isFlaky).map(({ title }) => title),
      ...second.failed.map(({ title }) => title).filter((title) => passedFirst.has(title)),
    ],
  };
}
