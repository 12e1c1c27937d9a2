// Lets code that needs nothing of the editor but its words run in plain Node: `require("vscode")` gives the translation
// library that VS Code itself offers for processes of its own. Import this file before the code in question.
import Module from "node:module";
import * as l10n from "@vscode/l10n";

/** What the module loader looks up before it searches folders. Not in its types, but what every loader hook goes through. */
interface Loader {
  _load(request: string, parent: unknown, isMain: boolean): unknown;
}

const loader = Module as unknown as Loader;
const load = loader._load.bind(loader);
loader._load = (request, parent, isMain) =>
  request === "vscode" ? { l10n, env: { language: "en" } } : load(request, parent, isMain);
