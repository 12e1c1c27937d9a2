import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** What each folder may import of the others, besides `util`. What isn't named here is forbidden, at run time and for types. */
const layers = {
  ledger: [],
  assignment: ["ledger"],
  ntm: ["assignment"],
  tmux: ["assignment"],
  tracker: ["assignment"],
  history: ["assignment"],
  agents: ["tmux"],
  report: ["assignment", "history"],
  session: ["assignment"],
  mcp: ["assignment", "session", "ntm", "tmux"],
  timeline: ["assignment", "session", "history", "vscode"],
  messages: [
    "assignment",
    "session",
    "agents",
    "history",
    "ntm",
    "timeline",
    "tmux",
    "tracker",
    "vscode",
    "contributions",
  ],
  chat: ["assignment", "messages", "mcp", "vscode"],
  views: [
    ...["assignment", "session", "history", "messages", "timeline", "tmux", "tracker"],
    ...["vscode", "contributions", "nodes", "services", "settings"],
  ],
  commands: [
    ...["assignment", "session", "agents", "history", "mcp", "messages", "ntm", "report", "tmux", "tracker", "views"],
    ...["vscode", "contributions", "nodes", "services", "settings"],
  ],
  api: ["assignment", "session", "vscode", "services"],
};
/** They stand alone: the ledger and the package could be published without the rest. */
const withoutUtil = ["ledger", "assignment"];
const files = ["vscode", "contributions", "nodes", "services", "settings", "extension"];

const forbid = (message, group) => ["error", { patterns: [{ group, message }] }];

const layering = Object.entries(layers).map(([folder, allowed]) => {
  const others = [...Object.keys(layers), "util", ...files].filter(
    (other) => other !== folder && !allowed.includes(other) && (other !== "util" || withoutUtil.includes(folder)),
  );
  const group = others.flatMap((other) =>
    other === "vscode" ? ["vscode"] : [`../${other}`, `../${other}/*`, `../../${other}`, `../../${other}/*`],
  );
  return {
    files: [`src/${folder}/**`],
    // The timeline's page has a rule of its own, and its messages lie beside it.
    ignores: ["src/timeline/webview/**"],
    rules: {
      "no-restricted-imports": forbid(
        `src/${folder} imports ${["only", ...allowed].join(" ")} (CONTRIBUTING.md, "The map").`,
        group,
      ),
    },
  };
});

export default tseslint.config(
  { ignores: ["dist/", "out/", ".vscode-test/", "test/fixtures/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "no-restricted-syntax": ["error", { selector: "TSEnumDeclaration", message: "Use a union of string literals." }],
      eqeqeq: "error",
      "no-duplicate-imports": "error",
      "no-console": "error",
    },
  },
  ...layering,
  // The timeline's page runs in a browser, and shares only messages and strings with the extension.
  {
    files: ["src/timeline/webview/**"],
    rules: {
      "no-restricted-imports": forbid(
        "The page has neither the editor nor Node, and of the extension only the messages and the strings.",
        ["vscode", "node:*", "../*", "!../messages", "!../strings"],
      ),
    },
  },
  {
    files: ["src/*.ts"],
    rules: { "no-restricted-imports": forbid("Only the package reads ledgers.", ["./ledger/*"]) },
  },
  {
    files: ["scripts/**", "test/**"],
    rules: {
      "no-console": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["*.js", "*.mjs", "scripts/**/*.js", "test/**/*.js", "test/**/*.mjs"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        require: "readonly",
        module: "readonly",
        __dirname: "readonly",
      },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
