// The manifest and the code agree: what one of them names, the other one has.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { stepFlags } from "../../src/beads/contextValue";
import {
  beadsStates,
  type BeadsState,
  commandId,
  commands,
  containerId,
  contextKeys,
  prefix,
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

/** Every clause of the manifest, whatever it decides about. */
const clauses: readonly string[] = [
  ...menuItems.map(({ when }) => when),
  ...contributes.commands.map(({ enablement }) => enablement),
  ...contributes.viewsWelcome.map(({ when }) => when),
  ...contributes.keybindings.map(({ when }) => when),
  ...Object.values(contributes.views).flatMap((views) => views.map(({ when }) => when)),
].filter((clause) => clause !== undefined);

/** The commands of links in texts for people. */
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
    const titles = contributes.commands.map(({ title }) => strings[title.slice(1, -1)]);
    assert.equal(new Set(titles).size, titles.length, "no two commands are called the same");
  });

  it("gives a `when` to menus alone, and never the one that VS Code doesn't know", () => {
    for (const command of contributes.commands) assert.ok(!("when" in command), command.command);
    assert.ok(!clauses.includes("never"));
  });

  it("names no command and no submenu in a menu, a key binding or a link that isn't there", () => {
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

  it("makes every command reachable: from the palette or from a menu", () => {
    const palette = contributes.menus["commandPalette"] ?? [];
    for (const id of ids) {
      const isHidden = palette.some(({ command, when }) => command === id && when === "false");
      const isInMenu = menuItems.some((item) => item.command === id && !palette.includes(item));
      assert.ok(!isHidden || isInMenu, id);
    }
  });

  it("has an icon for every command that is drawn as one", () => {
    for (const { command, group } of menuItems) {
      if (command === undefined || !/^(navigation|inline)\b/.test(group ?? "")) continue;
      assert.match(contributes.commands.find((one) => one.command === command)?.icon ?? "", /^\$\([\w-]+\)$/, command);
    }
  });

  it("asks about context keys that the code sets, and about all of them", () => {
    const asked = new Set(clauses.flatMap(keysOf).filter((key) => key.startsWith(`${prefix}.`)));
    assert.deepEqual([...asked].sort(), Object.values(contextKeys).sort());
  });

  it("asks about flags that rows can have, and about all of them", () => {
    const asked = new Set(
      clauses.flatMap((clause) => Array.from(clause.matchAll(/\\\+([\w-]+)/g), ([, flag]) => flag!)),
    );
    const flags = [...Object.values(stepFlags), "has-ntm-command", "has-prompt", "pinned"];
    assert.deepEqual([...asked].sort(), flags.sort());
  });

  it("declares the views and their container as the code calls them", () => {
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

  it("has a welcome for every state of the beads view but the one with rows", () => {
    for (const state of beadsStates) {
      assert.equal(welcomes(viewIds.beads, state).length, state === "rows" ? 0 : 1, state);
    }
  });

  it("says that it is reading, not that there is nothing, until the extension knows", () => {
    assert.deepEqual(welcomes(viewIds.beads, undefined), welcomes(viewIds.beads, "loading"));
    assert.deepEqual(welcomes(viewIds.sessions, undefined), []);
    assert.deepEqual(welcomes(viewIds.sessions, "loading"), []);
  });

  it("declares the settings with the defaults that the code falls back to", () => {
    const declared = Object.entries(contributes.configuration.properties);
    assert.deepEqual(
      Object.fromEntries(declared.map(([name, property]) => [name, property.default])),
      Object.fromEntries(Object.entries(settingDefaults).map(([name, value]) => [`${prefix}.${name}`, value])),
    );
    for (const [name, setting] of declared) {
      assert.match(setting.markdownDescription, /^%setting\./, name);
      assert.match(setting.scope, /^(window|machine-overridable)$/, name);
      assert.equal(setting.enumDescriptions?.length, setting.enum?.length, name);
    }
    for (const name of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations) {
      assert.ok(Object.hasOwn(contributes.configuration.properties, name), name);
    }
  });

  it("binds keys in the view alone", () => {
    for (const { command, when } of contributes.keybindings) {
      assert.ok(keysOf(when).includes("focusedView") && keysOf(when).includes("inputFocus"), command);
    }
  });

  it("ends a step of the walkthrough with something that can happen", () => {
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    for (const event of steps.flatMap(({ completionEvents }) => completionEvents)) {
      const [kind, id = ""] = event.split(":");
      const known: Readonly<Record<string, readonly string[]>> = {
        onCommand: ids,
        onView: Object.values(viewIds),
        onSettingChanged: Object.keys(contributes.configuration.properties),
      };
      assert.ok(known[kind ?? ""]?.includes(id), event);
    }
  });

  it("points at pictures that are there", () => {
    const pictures = Array.from(manifestText.matchAll(/"(media\/[^"]+)"/g), ([, file]) => file!);
    assert.ok(pictures.length > 0);
    for (const file of pictures) assert.ok(fs.existsSync(path.join(projectRoot, file)), file);
  });
});

/** What stands in a view without rows. */
function welcomes(id: string, state: BeadsState | undefined): readonly string[] {
  const context = state === undefined ? {} : { [contextKeys.beadsState]: state };
  return contributes.viewsWelcome
    .filter(({ view, when }) => view === id && evaluateWhen(when, context))
    .map(({ contents }) => contents);
}
