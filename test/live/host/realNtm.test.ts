// The way of a bead through the real ntm and the real tracker, by the extension's own commands.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as vscode from "vscode";
import { commandId, viewIds, type CommandName } from "../../../src/contributions";
import type { ReadyNode } from "../../../src/nodes";
import { activated, rowNode, type Internals } from "../../host/activated";
import { Dialogs, type Asked } from "../../host/dialogs";
import { eventually } from "../../support/eventually";
import { Home } from "../../support/home";
import type { TmuxPane, TmuxServer } from "../../support/tmux/server";
import { sharedTmux } from "../liveSession";
import { missingPrograms, RealSwarm } from "../realSwarm";

const missing = missingPrograms("ntm", "br");
const isSkipped = missing.length > 0;
const reason = isSkipped ? ` (skipped: not on the path: ${missing.join(", ")})` : "";
/** Each step of ntm takes seconds. */
const timeoutMs = 60_000;
/** Less than a test may take, so that a step that fails is reported with its arguments. */
const stepMs = 20_000;
/** Without Agent Mail ntm reserves no files, and an agent that is a shell looks busy to it. */
const overrides = ["Try Again Without File Reservations", "Try Again Though It Is Busy", "It Didn't Arrive"];
/** More than a test is asked. */
const mostQuestions = 30;

(isSkipped ? describe.skip : describe)(`The real ntm and br${reason}`, function () {
  this.timeout(timeoutMs);
  const swarm = new RealSwarm(os.homedir());
  let internals: Internals;
  let tmux: TmuxServer;
  let dialogs: Dialogs | undefined;
  let underWay: string;
  let answers: readonly (string | RegExp)[] = [];

  before(async () => {
    internals = await activated();
    tmux = sharedTmux();
    swarm.start(["Under way", "Write the docs", "Speed up the linter"]);
    await eventually(() => {
      for (const name of ["cc_1", "cc_2"]) assert.match(tmux.screen(pane(name).id).trimEnd(), /\n❯$/, name);
    }, timeoutMs);
    underWay = beadNamed("Under way");
    swarm.assign(underWay, pane("cc_2").id);
    await internals.session.switchTo(swarm.session);
    await shows(underWay, "assigned");
  });

  beforeEach(() => {
    dialogs = new Dialogs();
    answerWith();
    for (let count = 0; count < mostQuestions; count++) dialogs.next(answer);
  });

  afterEach(() => {
    dialogs?.dispose();
  });

  after(() => {
    tmux.stop();
    swarm.remove();
    new Home(os.homedir()).clear();
  });

  const pane = (name: string): TmuxPane => {
    const title = `${swarm.session}__${name}`;
    const found = tmux.panes(swarm.session).find((candidate) => candidate.title === title);
    assert.ok(found !== undefined, `${title} is a pane`);
    return found;
  };

  const beadNamed = (title: string): string => {
    const bead = swarm.readyBeads().find((candidate) => candidate.title === title);
    assert.ok(bead !== undefined, `“${title}” is ready`);
    return bead.id;
  };

  /** The row is changed before ntm has ended, and until then a further step is refused. */
  const atRest = (beadId: string): Promise<void> =>
    eventually(() => {
      assert.ok([undefined, "stranded"].includes(internals.activities.of(swarm.session, beadId)?.kind));
    }, timeoutMs);

  /** Waits until the row is shown in this status, and ntm is done with it; `undefined`: there is no row. */
  async function shows(beadId: string, status: string | undefined): Promise<void> {
    await eventually(() => {
      assert.equal(internals.session.snapshot?.get(beadId)?.status, status, JSON.stringify(dialogs?.asked));
    }, stepMs);
    await atRest(beadId);
  }

  const run = (name: CommandName, beadId: string): Thenable<unknown> =>
    vscode.commands.executeCommand(commandId(name), rowNode(beadId));

  /** From now on, each question of the test is answered by the first of its choices that is one of these. */
  function answerWith(...chosen: readonly (string | RegExp)[]): void {
    answers = [...chosen, ...overrides];
  }

  function answer({ kind, choices }: Asked): string | undefined {
    if (kind === "input") return "tests fail";
    return choices.find((choice) =>
      answers.some((one) => (typeof one === "string" ? one === choice : one.test(choice))),
    );
  }

  /** The bead's line in the Ready view. */
  async function readyNode(beadId: string): Promise<ReadyNode> {
    await vscode.commands.executeCommand(`${viewIds.ready}.focus`);
    const { provider } = internals.ready;
    return eventually(() => {
      const node = provider.getChildren().find((candidate) => candidate.beadId === beadId);
      assert.ok(node !== undefined, `${beadId} is in the Ready view`);
      return node;
    });
  }

  /** Assigns a bead of the Ready view to the pane of an agent. */
  async function assign(beadId: string, agent: string): Promise<void> {
    // A pane whose agent is a shell is marked with a warning.
    answerWith(new RegExp(`^(?:\\$\\(warning\\) )?Pane ${pane(agent).index} `));
    await vscode.commands.executeCommand(commandId("assign"), await readyNode(beadId));
  }

  it("take a new bead that is dragged from the Ready view onto a pane, and give it back after a failure and a retry", async () => {
    const agent = pane("cc_1").id;
    await readyNode(beadNamed("Write the docs"));
    const beadId = swarm.create("Fix the parser");
    await readyNode(beadId);
    await internals.panes.refresh();
    answerWith("Assign");
    await internals.drops.dropReady([beadId], agent);
    await shows(beadId, "assigned");
    assert.equal(swarm.statusOf(beadId), "in_progress");
    // A narrow pane breaks the lines.
    assert.ok(tmux.screen(agent).replaceAll("\n", "").includes(beadId), "the prompt is in the pane");
    await eventually(() => {
      assert.match(tmux.screen(agent).trimEnd(), /\n❯$/, "the agent is done");
    });
    await run("markFailed", beadId);
    await shows(beadId, "failed");
    await run("retry", beadId);
    await shows(beadId, "assigned");
    assert.equal(internals.session.snapshot?.get(beadId)?.retry_count, 1);
    answerWith("Release");
    await run("release", beadId);
    await shows(beadId, undefined);
    assert.equal(swarm.statusOf(beadId), "open");
  });

  it("close a bead from its row", async () => {
    answerWith();
    await run("closeBead", underWay);
    assert.equal(swarm.statusOf(underWay), "closed");
    const row = internals.session.snapshot?.get(underWay);
    assert.equal(row?.status, "assigned", "the row is ntm's to complete");
    await eventually(() => {
      assert.equal(internals.attention.current.reasonOf(row), "closed-in-tracker");
    });
  });

  const outcomes = [
    { choice: "It didn't arrive", title: "Write the docs" },
    { choice: "It arrived", title: "Speed up the linter" },
  ];
  for (const { choice, title } of outcomes) {
    it(`strand the row of an agent that is a shell, and release it after “${choice}”`, async () => {
      const beadId = beadNamed(title);
      await assign(beadId, "cod_1");
      await eventually(() => {
        assert.equal(internals.session.snapshot?.get(beadId)?.dispatch_state, "sending");
      }, timeoutMs);
      await atRest(beadId);
      answerWith(choice, "Release");
      await run("resolveDispatch", beadId);
      await shows(beadId, undefined);
      assert.equal(swarm.statusOf(beadId), "open");
    });
  }

  it("are asked for what is ready in a way that changes neither the tracker's file nor its database", async () => {
    const { issuesFile } = swarm;
    // As after a pull: the next command of br that may would import it.
    const pulled = { id: "atlas-pulled", title: "Pulled", status: "open", priority: 2, issue_type: "task" };
    const at = new Date().toISOString();
    fs.appendFileSync(issuesFile, `${JSON.stringify({ ...pulled, created_at: at, updated_at: at })}\n`);
    const content = (): readonly string[] => [fs.readFileSync(issuesFile, "utf8"), swarm.databaseBeads()];
    const before = content();
    await vscode.commands.executeCommand(`${viewIds.ready}.focus`);
    await internals.tracker.tracker.refresh();
    assert.equal(internals.tracker.tracker.current.ready?.kind, "ready");
    assert.deepEqual(content(), before);
  });
});
