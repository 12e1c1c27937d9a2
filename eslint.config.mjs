import js from "@eslint/js";
import tseslint from "typescript-eslint";

const layering = (message, ...patterns) => ["error", { patterns: [{ group: patterns, message }] }];

export default tseslint.config(
  { ignores: ["dist/", "out/", ".vscode-test/", "test/fixtures/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
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
    files: ["src/beads/**", "src/sessions/**", "src/actions/**", "src/words/**", "src/*.ts"],
    rules: {
      "no-restricted-imports": layering("Only the package reads ledgers.", "../ledger/*", "./ledger/*"),
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
