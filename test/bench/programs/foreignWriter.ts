// node foreignWriter.js PRIMARY ROWS: another program that saves a ledger on request. It ends with its parent.
import { setTimeout as sleep } from "node:timers/promises";
import { ForeignLedger, type Touched } from "../foreign/ledger";
import type { Answer, Order } from "../foreign/orders";

function main([primary = "", rows = ""]: readonly string[]): void {
  const ledger = new ForeignLedger(primary, Number(rows));
  process.on("message", (order: Order) => {
    void carryOut(ledger, order).then((answer) => process.send?.(answer));
  });
  process.on("disconnect", () => process.exit());
  ledger.save(true);
  process.send?.("ready");
}

async function carryOut(ledger: ForeignLedger, order: Order): Promise<Answer> {
  const start = performance.now();
  const touched = order.kind === "save" ? save(ledger, order.row) : await storm(ledger, order);
  const savedAt = String(process.hrtime.bigint());
  const seconds = (performance.now() - start) / 1000;
  return { touched, savedAt, seconds, state: order.kind === "save" ? [] : ledger.state };
}

function save(ledger: ForeignLedger, row: number): Touched {
  const touched = ledger.touch(row);
  ledger.save(true);
  return touched;
}

async function storm(ledger: ForeignLedger, { saves, perSecond }: Extract<Order, { kind: "storm" }>): Promise<Touched> {
  const start = performance.now();
  for (let number = 0; ; number++) {
    const touched = ledger.touch(number);
    ledger.save(false);
    if (number + 1 >= saves) return touched;
    await sleep(Math.max(0, start + ((number + 1) * 1000) / perSecond - performance.now()));
  }
}

main(process.argv.slice(2));
