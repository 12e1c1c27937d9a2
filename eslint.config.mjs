import js from "@eslint/js";
import tseslint from "typescript-eslint";

const layering = (message, ...patterns) => ["error", { patterns: [{ group: patterns, message }] }];

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
      "no-console": "error",
    },
  },
  // Arrows point one way: extension → views and actions → session → assignment → ledger.
  {
    files: ["src/ledger/**"],
    rules: {
      "no-restricted-imports": layering(
        "The ledger knows nothing above it, and never the editor.",
        "vscode",
        "../assignment*",
        "../session*",
        "../beads*",
        "../actions*",
        "../extension",
        "../util/*",
      ),
    },
  },
  {
    files: ["src/assignment/**"],
    rules: {
      "no-restricted-imports": layering(
        "The package never imports the editor or what is built on it.",
        "vscode",
        "../session*",
        "../beads*",
        "../actions*",
        "../extension",
        "../util/*",
      ),
    },
  },
  {
    files: ["src/agents/**", "src/tmux/**", "src/ntm/**", "src/tracker/**", "src/history/**"],
    rules: {
      "no-restricted-imports": layering(
        "What surrounds the ledger knows neither the editor nor what is built on it.",
        "vscode",
        "../session*",
        "../beads*",
        "../sessions*",
        "../actions*",
        "../text*",
        "../extension",
        "../ledger/*",
      ),
    },
  },
  {
    files: ["src/agentTools/**", "src/mcp/**", "src/report/**", "src/attention/**"],
    rules: {
      "no-restricted-imports": layering(
        "What agents, reports and views have in common knows neither the editor nor the views.",
        "vscode",
        "../beads*",
        "../sessions*",
        "../actions*",
        "../text*",
        "../treeView*",
        "../chatTools*",
        "../extension",
        "../ledger/*",
      ),
    },
  },
  // The timeline's page runs in a browser, and shares only messages and strings with the extension.
  {
    files: ["src/timeline/webview/**"],
    rules: {
      "no-restricted-imports": layering(
        "The page has neither the editor nor Node, and of the extension only the messages and the strings.",
        "vscode",
        "node:*",
        "../*",
        "!../messages",
        "!../strings",
      ),
    },
  },
  {
    files: ["src/session/**"],
    rules: {
      "no-restricted-imports": layering(
        "A session knows no view and no action; of the ledger it sees what the package shows.",
        "../beads*",
        "../sessions*",
        "../actions*",
        "../statusBar",
        "../extension",
        "../ledger/*",
      ),
    },
  },
  {
    files: [
      "src/beads/**",
      "src/chatTools/**",
      "src/reservedFiles/**",
      "src/sessions/**",
      "src/actions/**",
      "src/panes/**",
      "src/text/**",
      "src/treeView/**",
      "src/*.ts",
    ],
    rules: {
      "no-restricted-imports": layering("Only the package reads ledgers.", "../ledger/*", "./ledger/*"),
    },
  },
  {
    files: ["src/contributions.ts", "src/nodes.ts"],
    rules: {
      "no-restricted-imports": layering(
        "The vocabulary is below all that uses it.",
        "./session*",
        "./beads*",
        "./sessions*",
        "./actions*",
        "./treeView*",
        "./attention*",
      ),
    },
  },
  {
    files: ["scripts/**", "test/**"],
    rules: {
      "no-console": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["*.js", "*.mjs", "test/**/*.js", "test/**/*.mjs"],
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
