// What a server has printed, and waiting for what it will.
import type { ProcessTree } from "../processTree";

/** Grows as the server prints. */
export class ServerLog {
  text = "";
  readonly #tree: ProcessTree;
  readonly #waiting = new Set<() => void>();

  constructor(tree: ProcessTree) {
    this.#tree = tree;
    for (const stream of [tree.root.stdout, tree.root.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.text += text;
        for (const look of [...this.#waiting]) look();
      });
    }
  }

  async waitFor(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray> {
    let look = (): void => undefined;
    let timer: NodeJS.Timeout | undefined;
    const found = new Promise<RegExpExecArray>((resolve, reject) => {
      look = () => {
        const match = pattern.exec(this.text);
        if (match !== null) resolve(match);
      };
      const giveUp = (reason: string): void => {
        reject(new Error(`${reason} before its log showed ${String(pattern)}:\n${this.text}`));
      };
      timer = setTimeout(() => {
        giveUp(`The VS Code server took longer than ${timeoutMs} ms`);
      }, timeoutMs);
      void this.#tree.ended.then((how) => {
        giveUp(`The VS Code server ended (${how})`);
      });
      this.#waiting.add(look);
      look();
    });
    return found.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(look);
    });
  }
}
