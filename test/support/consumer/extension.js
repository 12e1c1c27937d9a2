// Uses the API as any other extension would, and tells the tests what it got.
const vscode = require("vscode");

async function activate(context) {
  const extension = vscode.extensions.getExtension("ntm-assignments.ntm-assignments");
  const provider = await extension.activate();
  const api = provider.getApi(1);
  const changes = [];
  context.subscriptions.push(api.onDidChangeSession((change) => changes.push(change)));
  return { provider, api, changes };
}

module.exports = { activate };
