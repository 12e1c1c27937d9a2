// What the tests of steps done by ntm share: a stand-in ntm, a live session, and what the user was told.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { commandId, type CommandName } from "../../src/contributions";
import { eventually } from "../support/eventually";
import { rowNode } from "./activated";
import type { Asked } from "./dialogs";
import { useHost } from "./hostTest";
import type { LedgerStage } from "./ledgerStage";
import { NtmStage } from "./ntmStage";

/** The suite is skipped where there is no tmux. */
export function useNtm(): NtmTest {
  const test = new NtmTest(useHost());
  before(function () {
    if (!NtmStage.isPossible) this.skip();
  });
  beforeEach(() => {
    test.begin();
  });
  afterEach(() => {
    test.stage.remove();
  });
  return test;
}

class NtmTest {
  stage!: NtmStage;

  constructor(readonly host: ReturnType<typeof useHost>) {}

  begin(): void {
    this.stage = new NtmStage();
  }

  /** Shows a session with these rows that lives in tmux. */
  async show(...rows: readonly Record<string, unknown>[]): Promise<LedgerStage> {
    const ledger = await this.host.show(rows);
    this.stage.live(ledger);
    return ledger;
  }

  async run(name: CommandName, ...beadIds: readonly string[]): Promise<void> {
    const nodes = beadIds.map(rowNode);
    await vscode.commands.executeCommand(commandId(name), nodes[0], nodes.length > 1 ? nodes : undefined);
  }

  /** Waits until something more was said or asked. */
  said(index = 0): Promise<Asked> {
    const { dialogs } = this.host;
    return eventually(() => dialogs.asked[index] ?? assert.fail(`${dialogs.asked.length} said`));
  }

  activity(ledger: LedgerStage, beadId: string): string | undefined {
    return this.host.internals.activities.of(ledger.sessionName, beadId)?.kind;
  }
}
