// The manifest and the code agree: everything that one of them names exists in the other.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { stepFlags } from "../../src/views/beads/contextValue";
import {
  beadsStates,
  type BeadsState,
  commandId,
  commands,
  containerId,
  contextKeys,
  prefix,
  readyStates,
  settingDefaults,
  viewIds,
  type CommandName,
} from "../../src/contributions";
import { manifest, manifestStrings, manifestText, type MenuItem } from "../support/manifest";
import { projectRoot } from "../support/project";
import { evaluateWhen, keysOf } from "../support/whenClause";

const { contributes } = manifest;
const strings = manifestStrings();
const names = Object.keys(commands) as CommandName[];
const ids: readonly string[] = names.map(commandId);
const menuItems: readonly MenuItem[] = Object.values(contributes.menus).flat();

/** Every `when` clause of the manifest. */
const clauses: readonly string[] = [
  ...menuItems.map(({ when }) => when),
  ...contributes.commands.map(({ enablement }) => enablement),
  ...contributes.viewsWelcome.map(({ when }) => when),
  ...contributes.keybindings.map(({ when }) => when),
  ...Object.values(contributes.views).flatMap((views) => views.map(({ when }) => when)),
].filter((clause) => clause !== undefined);

/** The commands in links of user-facing texts. */
function linkedCommands(): string[] {
  return Object.values(strings).flatMap((text) => Array.from(text.matchAll(/\(command:([\w.]+)/g), ([, id]) => id!));
}

describe("Manifest and code", () => {
  it("declares every command of the vocabulary, once, with a title", () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...ids].sort());
    for (const { command, title, category } of contributes.commands) {
      assert.match(title, /^%command\.\w+%$/, command);
      assert.equal(category, "%category%", command);
    }
    const isInPalette = (id: string): boolean =>
      contributes.menus["commandPalette"]?.some(({ command, when }) => command === id && when === "false") !== true;
    const titles = contributes.commands
      .filter(({ command }) => isInPalette(command))
      .map(({ title }) => strings[title.slice(1, -1)]);
    assert.equal(new Set(titles).size, titles.length, "no two commands of the palette are called the same");
  });

  it("has a `when` only in menus, and never the context key that VS Code doesn't know", () => {
    for (const command of contributes.commands) assert.ok(!("when" in command), command.command);
    assert.ok(!clauses.includes("never"));
  });

  it("names only existing commands and submenus in menus, key bindings and links", () => {
    const named = [...menuItems, ...contributes.keybindings].flatMap(({ command }) => command ?? []);
    const linked = linkedCommands().filter((id) => id.startsWith(`${prefix}.`));
    const focusing = Object.values(viewIds).map((id) => `${id}.focus`);
    for (const id of [...named, ...linked]) assert.ok(ids.includes(id) || focusing.includes(id), id);
    const submenus = menuItems.flatMap(({ submenu }) => submenu ?? []);
    assert.deepEqual(
      submenus,
      contributes.submenus.map(({ id }) => id),
    );
  });

  it("makes every command reachable, from the palette or from a menu", () => {
    const palette = contributes.menus["commandPalette"] ?? [];
    for (const id of ids) {
      const isHidden = palette.some(({ command, when }) => command === id && when === "false");
      const isInMenu = menuItems.some((item) => item.command === id && !palette.includes(item));
      assert.ok(!isHidden || isInMenu, id);
    }
  });

  it("has an icon for every command that is shown as one", () => {
    for (const { command, group } of menuItems) {
      if (command === undefined || !/^(navigation|inline)\b/.test(group ?? "")) continue;
      assert.match(contributes.commands.find((one) => one.command === command)?.icon ?? "", /^\$\([\w-]+\)$/, command);
    }
  });

  it("uses only context keys that the code sets, and all of them", () => {
    const completed = contributes.walkthroughs
      .flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents))
      .flatMap((event) => (event.startsWith("onContext:") ? [event.slice("onContext:".length)] : []));
    const asked = new Set([...clauses.flatMap(keysOf), ...completed].filter((key) => key.startsWith(`${prefix}.`)));
    assert.deepEqual([...asked].sort(), Object.values(contextKeys).sort());
  });

  it("uses only flags that rows can have, and all of them", () => {
    const asked = new Set(
      clauses.flatMap((clause) => Array.from(clause.matchAll(/\\\+([\w-]+)/g), ([, flag]) => flag!)),
    );
    const flags = [
      ...Object.values(stepFlags),
      "can-close",
      "chain-retry",
      "chain-start",
      "can-release",
      "has-ntm-command",
      "has-prompt",
      "has-pane",
      "has-reason",
      "is-snoozed",
      "is-waiting",
      "needs-attention",
      "needs-peek",
      "pinned",
      "working",
    ];
    assert.deepEqual([...asked].sort(), flags.sort());
  });

  it("declares the views and their container as in the code", () => {
    assert.deepEqual(Object.keys(contributes.views), [containerId]);
    assert.deepEqual(
      contributes.viewsContainers["activitybar"]?.map(({ id }) => id),
      [containerId],
    );
    assert.deepEqual(
      contributes.views[containerId]?.map(({ id }) => id),
      Object.values(viewIds),
    );
  });

  it("has a welcome view for every state of the Beads view without rows", () => {
    for (const state of beadsStates) {
      assert.equal(welcomes(viewIds.beads, state).length, state === "rows" ? 0 : 1, state);
    }
  });

  it("has a welcome view for every state of the Ready view without beads, and each its own", () => {
    const shown = readyStates.map((state) => readyWelcomes(state));
    assert.deepEqual(
      shown.map((texts) => texts.length),
      readyStates.map((state) => (state === "ready" ? 0 : 1)),
    );
    assert.equal(new Set(shown.flat()).size, readyStates.length - 1);
    assert.deepEqual(readyWelcomes(undefined), readyWelcomes("asking"));
  });

  it("shows a way out in every state of the Ready view, and never calls the tracker's silence an empty list", () => {
    for (const state of readyStates) {
      for (const text of readyWelcomes(state).map((contents) => strings[contents.slice(1, -1)] ?? "")) {
        assert.equal(text.includes("(command:"), state !== "asking", text);
        assert.equal(text.includes("can be started now"), state === "none-ready", text);
      }
    }
  });

  it("shows a loading message until the extension has read the ledger", () => {
    assert.deepEqual(welcomes(viewIds.beads, undefined), welcomes(viewIds.beads, "loading"));
    assert.deepEqual(welcomes(viewIds.sessions, undefined), []);
    assert.deepEqual(welcomes(viewIds.sessions, "loading"), []);
  });

  it("declares the settings with the defaults of the code", () => {
    const declared = Object.entries(contributes.configuration.properties);
    assert.deepEqual(
      Object.fromEntries(declared.map(([name, property]) => [name, property.default])),
      Object.fromEntries(Object.entries(settingDefaults).map(([name, value]) => [`${prefix}.${name}`, value])),
    );
    for (const [name, setting] of declared) {
      assert.match(setting.markdownDescription, /^%setting\./, name);
      assert.match(setting.scope, /^(window|machine|machine-overridable)$/, name);
      assert.equal(setting.enumDescriptions?.length, setting.enum?.length, name);
    }
    for (const name of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations) {
      assert.ok(Object.hasOwn(contributes.configuration.properties, name), name);
    }
  });

  it("binds keys only in the view, and passes the focused node to commands that are about one", () => {
    for (const { command, when, args } of contributes.keybindings) {
      assert.ok(keysOf(when).includes("focusedView") && keysOf(when).includes("inputFocus"), command);
      const takesNode = commands[command.slice(prefix.length + 1) as CommandName] !== "none";
      assert.deepEqual(args, takesNode ? [{ $treeViewId: viewIds.beads, $focusedTreeItem: true }] : undefined, command);
    }
  });

  it("has only commands in the titles of views that take nothing: VS Code passes them the focused node", () => {
    for (const { command } of contributes.menus["view/title"] ?? []) {
      if (command === undefined) continue;
      assert.match(commands[command.slice(prefix.length + 1) as CommandName], /^(none|focus)$/, command);
    }
  });

  it("completes every step of the walkthrough with an event that can occur", () => {
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    for (const event of steps.flatMap(({ completionEvents }) => completionEvents)) {
      const [kind, id = ""] = event.split(":");
      const known: Readonly<Record<string, readonly string[]>> = {
        onCommand: ids,
        onView: Object.values(viewIds),
        onSettingChanged: Object.keys(contributes.configuration.properties),
        onContext: Object.values(contextKeys),
      };
      assert.ok(known[kind ?? ""]?.includes(id), event);
    }
  });

  it("names only existing images", () => {
    const pictures = Array.from(manifestText.matchAll(/"(media\/[^"]+)"/g), ([, file]) => file!);
    assert.ok(pictures.length > 0);
    for (const file of pictures) assert.ok(fs.existsSync(path.join(projectRoot, file)), file);
  });
});

function readyWelcomes(state: (typeof readyStates)[number] | undefined): readonly string[] {
  const context = state === undefined ? {} : { [contextKeys.readyState]: state };
  return contributes.viewsWelcome
    .filter(({ view, when }) => view === viewIds.ready && evaluateWhen(when, context))
    .map(({ contents }) => contents);
}

/** The welcome content of a view without rows. */
function welcomes(id: string, state: BeadsState | undefined): readonly string[] {
  const context = state === undefined ? {} : { [contextKeys.beadsState]: state };
  return contributes.viewsWelcome
    .filter(({ view, when }) => view === id && evaluateWhen(when, context))
    .map(({ contents }) => contents);
}
