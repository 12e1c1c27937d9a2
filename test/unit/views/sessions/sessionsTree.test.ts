import "../../../support/vscodeStub";
import * as assert from "node:assert/strict";
import type { AssignmentStats } from "../../../../src/assignment";
import {
  projectPresentation,
  inactivePresentation,
  sessionPresentation,
} from "../../../../src/views/sessions/sessionItem";
import type { SessionsNode } from "../../../../src/nodes";
import { SessionsTree, type KnownSession } from "../../../../src/views/sessions/sessionsTree";
import { treeText } from "../../../support/treeText";

const now = Date.parse("2026-11-22T12:00:00Z");
const day = 86_400_000;
const none: AssignmentStats = {
  total: 0,
  assigned: 0,
  working: 0,
  completed: 0,
  failed: 0,
  reassigned: 0,
  claiming: 0,
  claimed: 0,
};

describe("the tree of sessions", () => {
  function session(sessionName: string, fields: Partial<KnownSession> = {}, age = day / 24): KnownSession {
    return {
      entry: { sessionName, folder: `/s/${sessionName}`, savedAt: now - age, problem: undefined },
      stats: { ...none, total: 2, working: 1, failed: 1 },
      health: { kind: "ok" },
      isActive: false,
      isPinned: false,
      ...fields,
    };
  }
  const grow = (sessions: readonly KnownSession[], before?: SessionsTree): SessionsTree =>
    new SessionsTree(sessions, now, before);
  const drawn = (tree: SessionsTree): string[] =>
    treeText<SessionsNode>(tree, (node) => {
      switch (node.kind) {
        case "session": {
          const known = tree.session(node);
          return known && sessionPresentation(node, known, tree.parent(node)?.kind === "project", now);
        }
        case "project":
          return projectPresentation(node, tree.children(node).length);
        case "inactive":
          return inactivePresentation(tree.children(node).length);
      }
    });

  it("has each session with its counters and age, labelled ones under their project", () => {
    const tree = grow([session("api"), session("web"), session("web--ui"), session("zoo--a")]);
    assert.deepEqual(drawn(tree), [
      "api: 1 failed · 1 working · 1h",
      "web: 2 sessions",
      "  web: 1 failed · 1 working · 1h",
      "  ui: 1 failed · 1 working · 1h",
      "zoo",
      "  a: 1 failed · 1 working · 1h",
    ]);
  });

  it("shows which session is active and which is pinned", () => {
    const tree = grow([session("api", { isActive: true, isPinned: true })]);
    assert.deepEqual(drawn(tree), ["api: shown · pinned · 1 failed · 1 working · 1h"]);
    const [node] = tree.roots;
    assert.ok(node?.kind === "session");
    const known = tree.session(node);
    assert.ok(known);
    assert.equal(sessionPresentation(node, known, false, now).contextValue, "session+active+pinned");
  });

  it("collapses inactive sessions, but never the active or the pinned one", () => {
    const done = { stats: { ...none, total: 3, completed: 2, reassigned: 1 } };
    const tree = grow([
      session("done", done),
      session("shown", { ...done, isActive: true }),
      session("kept", { ...done, isPinned: true }),
      session("gone", {}, 8 * day),
      session("busy"),
      session("unread", { stats: undefined, health: undefined }),
    ]);
    assert.deepEqual(drawn(tree), [
      "shown: shown · 1h",
      "kept: pinned · 1h",
      "busy: 1 failed · 1 working · 1h",
      "unread: 1h",
      "Inactive (2)",
      "  done: 1h",
      "  gone: 1 failed · 1 working · 8d",
    ]);
  });

  it("shows the problem of a session in its line, and never collapses it", () => {
    const bad = session("a b", {}, 9 * day);
    const entry = { ...bad.entry, problem: { kind: "illegal-name" } as const };
    const problem = { code: "malformed", copy: "primary", message: "", remedy: "inspect" } as const;
    const tree = grow([
      { ...bad, entry, stats: undefined, health: undefined },
      session("torn", { stats: none, health: { kind: "unreadable", problem } }),
    ]);
    assert.deepEqual(drawn(tree), [
      "a b: not a valid session name · 9d",
      "torn: The ledger is incomplete or not valid JSON. · 1h",
    ]);
    const [node] = tree.roots;
    assert.ok(node?.kind === "session");
    const known = tree.session(node);
    assert.ok(known);
    assert.equal(sessionPresentation(node, known, false, now).contextValue, "illegal-session");
  });

  it("keeps nodes the same objects from one list to the next", () => {
    const before = grow([session("web"), session("web--ui")]);
    const after = grow([session("web", { isActive: true }), session("web--ui"), session("web--docs")], before);
    assert.equal(after.roots[0], before.roots[0]);
    assert.equal(after.children(after.roots[0])[0], before.children(before.roots[0])[0]);
  });
});
