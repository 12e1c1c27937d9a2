import * as assert from "node:assert/strict";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { releaseVariable, releases, isReleaseName } from "../support/vscode/releases";

describe("the extension host", () => {
  it("is of the release that the run is for", function () {
    const name = process.env[releaseVariable];
    // A desktop VS Code is whichever there is.
    if (name === undefined) this.skip();
    assert.ok(isReleaseName(name));
    assert.ok(vscode.version.startsWith(`${releases[name].vscode}.`), vscode.version);
  });

  it("sees a home folder of its own, and a project in it", () => {
    assert.equal(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath, path.join(os.homedir(), "project"));
  });
});
