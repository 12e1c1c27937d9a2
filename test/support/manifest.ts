// The manifest as tests read it: no more of its shape than they ask about.
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "./project";

export interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

export interface Manifest {
  readonly version: string;
  readonly engines: { readonly vscode: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly {
      command: string;
      title: string;
      category: string;
      icon?: string;
      enablement?: string;
    }[];
    readonly viewsContainers: Readonly<Record<string, readonly { id: string; title: string; icon: string }[]>>;
    readonly views: Readonly<Record<string, readonly { id: string; name: string; icon: string; when?: string }[]>>;
    readonly viewsWelcome: readonly { view: string; contents: string; when: string }[];
    readonly submenus: readonly { id: string; label: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly keybindings: readonly { command: string; key: string; when: string; args?: unknown }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly languageModelTools: readonly ChatTool[];
    readonly mcpServerDefinitionProviders: readonly { id: string; label: string }[];
    readonly walkthroughs: readonly { id: string; steps: readonly Step[] }[];
  };
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
}

interface Setting {
  readonly default: unknown;
  readonly scope: string;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}

interface ChatTool {
  readonly name: string;
  readonly displayName: string;
  readonly userDescription: string;
  readonly modelDescription: string;
  readonly toolReferenceName: string;
  readonly inputSchema: unknown;
}

interface Step {
  readonly description: string;
  readonly media: { readonly svg: string };
  readonly completionEvents: readonly string[];
}

export type Strings = Readonly<Record<string, string>>;

export function readJson(file: string): unknown {
  return JSON.parse(fs.readFileSync(path.join(projectRoot, file), "utf8"));
}

export const manifestText = fs.readFileSync(path.join(projectRoot, "package.json"), "utf8");
export const manifest = JSON.parse(manifestText) as Manifest;

/** The manifest's strings, by their keys. */
export function manifestStrings(language?: string): Strings {
  return readJson(language === undefined ? "package.nls.json" : `package.nls.${language}.json`) as Strings;
}
