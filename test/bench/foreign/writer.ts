// Another program that saves a ledger, as a process of its own.
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import type { Answer, Order } from "./orders";

export class ForeignWriter {
  private constructor(private readonly process: ChildProcess) {}

  /** Resolves once the ledger is there. */
  static async start(primary: string, rows: number): Promise<ForeignWriter> {
    const program = path.join(__dirname, "../programs/foreignWriter.js");
    const writer = new ForeignWriter(fork(program, [primary, String(rows)], { execArgv: [] }));
    await once(writer.process, "message");
    return writer;
  }

  /** Resolves when it has saved. */
  async order(order: Order): Promise<Answer> {
    const answer = once(this.process, "message") as Promise<[Answer]>;
    this.process.send(order);
    return (await answer)[0];
  }

  stop(): void {
    this.process.kill();
  }
}
