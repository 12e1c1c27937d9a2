import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mcpConfiguration, type McpLaunch } from "../../../src/mcp/configuration";

const launch: McpLaunch = { node: "/usr/bin/node", server: "/home/u/.vscode/extensions/ntm/dist/mcp.js" };
const hostile: McpLaunch = {
  node: `/opt/my "node"/it's $HOME`,
  server: "/tmp/é \\ `x`/mcp.js",
  storageDir: "/tmp/a b'\u007f",
  sessionName: "-x",
};
const hostileArgs = [hostile.server, "--session=-x", `--storage-dir=${hostile.storageDir!}`];

describe("the MCP configuration", () => {
  it("of Claude Code passes on the pane's environment, and nothing when it isn't set", () => {
    const { file, text } = mcpConfiguration("claude", launch);
    assert.equal(file, ".mcp.json");
    assert.deepEqual(JSON.parse(text), {
      mcpServers: {
        "ntm-assignments": {
          type: "stdio",
          command: launch.node,
          args: [launch.server],
          env: { TMUX: "${TMUX:-}", TMUX_PANE: "${TMUX_PANE:-}" },
        },
      },
    });
  });

  it("of Claude Code is a command line, too, that arrives as it is", () => {
    const { command } = mcpConfiguration("claude", { ...hostile, storageDir: "/tmp/a b'" });
    const script = `claude() { printf '%s\\n' "$@"; }; ${command!}`;
    const printed = execFileSync("sh", ["-c", script], { encoding: "utf8" }).trimEnd().split("\n");
    const server = [hostile.node, hostile.server, "--session=-x", "--storage-dir=/tmp/a b'"];
    assert.deepEqual(printed, ["mcp", "add", "--scope", "user", "ntm-assignments", "--", ...server]);
  });

  it("has no command line when a path can't be typed", () => {
    assert.equal(mcpConfiguration("claude", { ...launch, node: "/a\nb" }).command, undefined);
    assert.equal(mcpConfiguration("claude", hostile).command, undefined);
  });

  it("of Codex CLI lets TMUX and TMUX_PANE through, which it keeps back otherwise", () => {
    assert.equal(
      mcpConfiguration("codex", launch).text,
      [
        "[mcp_servers.ntm-assignments]",
        'command = "/usr/bin/node"',
        'args = ["/home/u/.vscode/extensions/ntm/dist/mcp.js"]',
        'env_vars = ["TMUX", "TMUX_PANE"]',
        "",
      ].join("\n"),
    );
  });

  it("of Codex CLI escapes what a basic string of TOML can't hold", () => {
    const { text } = mcpConfiguration("codex", hostile);
    assert.ok(text.includes(String.raw`command = "/opt/my \"node\"/it's $HOME"`), text);
    assert.ok(
      text.includes(String.raw`"/tmp/é \\ ${"`x`"}/mcp.js", "--session=-x", "--storage-dir=/tmp/a b'\u007F"`),
      text,
    );
  });

  it("of Gemini CLI names the variables, which it doesn't pass on by itself", () => {
    const { mcpServers } = JSON.parse(mcpConfiguration("gemini", hostile).text) as Record<string, unknown>;
    assert.deepEqual(mcpServers, {
      "ntm-assignments": {
        command: hostile.node,
        args: hostileArgs,
        env: { TMUX: "$TMUX", TMUX_PANE: "$TMUX_PANE" },
      },
    });
  });

  it("of VS Code is under servers, without the pane from which the editor was started", () => {
    const server = { type: "stdio", command: hostile.node, args: hostileArgs, env: { TMUX_PANE: null } };
    assert.deepEqual(JSON.parse(mcpConfiguration("vscode", hostile).text), { servers: { "ntm-assignments": server } });
  });
});
