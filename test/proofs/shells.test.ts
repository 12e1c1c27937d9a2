import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { UnquotableArgumentError } from "../../src/ntm/commandLine";
import { shellLine, shellSyntax } from "../../src/ntm/shell";

/** Texts that shells are known to misread. */
const hostile = [
  ...[
    "$(echo x)",
    "`echo x`",
    "'; echo x; '",
    '"; echo x; "',
    "&& echo x",
    "| cat",
    "> /dev/null",
    "< /dev/null",
    "# no",
    "a;b",
  ],
  ...[
    "\\",
    "a\\",
    "\\'",
    "\\\\'",
    "'",
    "it's",
    "''",
    '"',
    "!",
    "!!",
    "!$",
    "\\!",
    "'!'",
    "$HOME",
    "${HOME}",
    "%HOME%",
    "%self",
  ],
  ...[
    "*",
    "?",
    "[a]",
    "{a,b}",
    "~",
    "~root",
    "=ls",
    "^x",
    "(x)",
    "@x",
    "-x",
    "--x=y z",
    "a b",
    "",
    "é",
    "😀",
    "bd<x>&y",
    "%5",
  ],
];

/** The shells of this kind that the machine has. */
const shells = ["sh", "bash", "dash", "zsh", "fish", "mksh", "tcsh"].filter((shell) => runs(shell, "exit 0"));

function runs(shell: string, script: string): boolean {
  try {
    execFileSync(shell, ["-c", script], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe("quoting for a shell", () => {
  for (const shell of shells) {
    it(`hands every argument over as it is: ${shell}`, () => {
      const print = ["-e", "process.stdout.write(JSON.stringify(process.argv.slice(1)))", "--"];
      const line = shellLine([process.execPath, ...print, ...hostile], "posix");
      assert.deepEqual(JSON.parse(execFileSync(shell, ["-c", line], { encoding: "utf8" })), hostile);
    });
  }

  it("leaves words without special characters unquoted", () => {
    const command = ["ntm", "assign", "my-session", "--retry", "bd-1a.2"] as const;
    for (const syntax of ["posix", "powershell", "unknown"] as const) {
      assert.equal(shellLine(command, syntax), "ntm assign my-session --retry bd-1a.2");
    }
    assert.equal(shellLine(["ntm", "--to-pane", "%5", "--pane=%5"], "posix"), "ntm --to-pane '%5' '--pane=%5'");
  });

  it("doubles every kind of single quote for PowerShell", () => {
    assert.equal(shellLine(["ntm", "a'b\u2019c\u201Bd"], "powershell"), "ntm 'a''b\u2019\u2019c\u201B\u201Bd'");
    assert.equal(shellLine(["ntm", "$(x)", "@x", "--pane=%5"], "powershell"), "ntm '$(x)' '@x' '--pane=%5'");
  });

  it("refuses what PowerShell would hand over in two parts", () => {
    for (const value of ['a" --force "b', "a b\\"]) {
      assert.throws(() => shellLine(["ntm", value], "powershell"), UnquotableArgumentError);
    }
  });

  it("uses only unquoted words and pane ids in an unknown shell", () => {
    assert.equal(shellLine(["ntm", "--pane=%5", "%5", "--beads=bd-1"], "unknown"), "ntm --pane=%5 %5 --beads=bd-1");
    for (const value of ["a b", "$x", "%PATH%", "a'b", "@x", "", "--x=%PATH%"]) {
      assert.throws(() => shellLine(["ntm", value], "unknown"), UnquotableArgumentError, value);
    }
  });

  it("refuses control characters and text that hides or reorders itself, in every shell", () => {
    for (const value of [
      "a\nb",
      "a\rb",
      "a\u001b[2J",
      "a\u0000",
      "a\u202Eb",
      "a\u200Bb",
      "a\u2028b",
      "a\u0085b",
      "a\ud800",
    ]) {
      for (const syntax of ["posix", "powershell", "unknown"] as const) {
        assert.throws(() => shellLine(["ntm", value], syntax), UnquotableArgumentError);
      }
    }
  });

  it("knows a shell by its program", () => {
    assert.equal(shellSyntax("/usr/bin/zsh"), "posix");
    assert.equal(shellSyntax("C:\\Program Files\\Git\\bin\\bash.exe"), "posix");
    assert.equal(shellSyntax("C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"), "powershell");
    assert.equal(shellSyntax("/usr/bin/pwsh"), "powershell");
    for (const shell of ["C:\\Windows\\System32\\cmd.exe", "/usr/bin/nu", ""])
      assert.equal(shellSyntax(shell), "unknown");
  });
});
