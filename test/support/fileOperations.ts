// Stands between a program and the file system: what our code and its libraries do to files passes through one function,
// which may watch it, break it, or end the process there.
import fs from "node:fs";
import * as path from "node:path";

export interface FileOperation {
  /** As `fs` calls it. */
  readonly name: string;
  /** The file's path, also where `fs` was given a descriptor. */
  readonly path: string;
  readonly args: readonly unknown[];
}

/** @param perform does what was asked for */
export type Interceptor = (operation: FileOperation, perform: () => unknown) => unknown;

const functions = [
  "chmodSync",
  "chownSync",
  "closeSync",
  "fchmodSync",
  "fchownSync",
  "fstatSync",
  "fsyncSync",
  "linkSync",
  "lstatSync",
  "mkdirSync",
  "openSync",
  "readSync",
  "readdirSync",
  "realpathSync",
  "renameSync",
  "rmSync",
  "statSync",
  "unlinkSync",
  "writeFileSync",
  "writeSync",
];
const promises = ["lstat", "open", "readFile", "readdir", "realpath", "stat"];
const handleMethods = ["close", "read", "readFile", "stat"];

type Callable = (...args: unknown[]) => unknown;
type Methods = Record<string, Callable>;

/** Intercepts until the function that it returns is called. */
export function interceptFiles(intercept: Interceptor): () => void {
  const paths = new Map<unknown, string>();
  const undo: (() => void)[] = [];
  const replace = (owner: Methods, name: string, make: (original: Callable) => Callable): void => {
    const original = owner[name]!;
    owner[name] = Object.assign(make(original), original);
    undo.push(() => (owner[name] = original));
  };
  const operation = (name: string, args: readonly unknown[]): FileOperation => {
    return { name, path: typeof args[0] === "number" ? (paths.get(args[0]) ?? "?") : String(args[0]), args };
  };
  const sync = (name: string) => (original: Callable) => {
    return (...args: unknown[]) => {
      const result = intercept(operation(name, args), () => original.apply(fs, args));
      if (name === "openSync") paths.set(result, String(args[0]));
      return result;
    };
  };

  for (const name of functions) replace(fs as unknown as Methods, name, sync(name));
  replace(fs.realpathSync as unknown as Methods, "native", sync("realpathSync"));
  for (const name of promises) {
    replace(fs.promises as unknown as Methods, name, (original) => {
      return async (...args: unknown[]) => {
        const result = await intercept(operation(name, args), () => original.apply(fs.promises, args));
        return name === "open" ? handle(result as Methods, String(args[0]), intercept) : result;
      };
    });
  }
  return () => {
    for (const step of undo.reverse()) step();
  };
}

function handle(original: Methods, path: string, intercept: Interceptor): Methods {
  const methods = handleMethods.map((name): [string, Callable] => [
    name,
    async (...args) => await intercept({ name, path, args }, () => original[name]!(...args)),
  ]);
  return Object.fromEntries(methods);
}

/** Whether the operation may leave something else on disk than there was; a write of nothing doesn't. */
export function changesDisk({ name, args }: FileOperation): boolean {
  if (name === "openSync") return args[1] !== undefined && args[1] !== "r" && !isReading(args[1]);
  if (name === "writeSync") return (args[1] as { length: number }).length > 0;
  return !/^(?:close|fstat|lstat|stat|read|realpath|open|writeFile)/.test(name);
}

function isReading(flags: unknown): boolean {
  return typeof flags === "number" && (flags & fs.constants.O_CREAT) === 0;
}

/** For a message: what was done to which file. */
export function describeOperation({ name, path: file }: FileOperation): string {
  return `${name} ${path.basename(file).replace(/\d{5,}/, "…")}`;
}
