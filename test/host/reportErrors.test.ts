import * as assert from "node:assert/strict";
import { reportErrors } from "../../src/views/reportErrors";
import type { Services } from "../../src/services";
import { LockUnavailableError, PersistenceError } from "../../src/assignment";
import { useHost } from "./hostTest";

describe("Errors of commands", () => {
  const host = useHost();

  it("says that nothing can be changed where the lock is missing, and logs every cause", async () => {
    const { session } = host.internals;
    const logged: string[] = [];
    let isReadOnly = false;
    const log = { ...ignore, error: (text: string | Error): void => void logged.push(String(text)) };
    const view = { setReadOnly: (): void => void (isReadOnly = true) };
    await reportErrors({ session, view, log }, () => {
      const cause = new Error("libc is older than koffi wants");
      throw new PersistenceError("lock for save", "/ledger", new LockUnavailableError("no lock", { cause }));
    });
    assert.equal(isReadOnly, true);
    assert.match(host.dialogs.only().text, /^Ledgers can't be locked on this machine/);
    assert.match(logged.join("\n"), /lock for save failed at \/ledger[^]*no lock[^]*libc is older than koffi wants/);
  });
});

const ignore: Services["log"] = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  show: () => undefined,
};
