/** A small visit made from the real checklist, and a server that answers when it is told to. */
import { readFileSync } from "node:fs";

import { Store } from "../../inspect_app/frontend/tablet/store";
import type { Applied, Operation, Pack, Result, ResultStatus } from "../../inspect_app/frontend/tablet/types";

export function makePack(): Pack {
  return JSON.parse(readFileSync("tests/frontend/pack.json", "utf8")) as Pack;
}

interface Call {
  operations: readonly Operation[];
  accept(status?: ResultStatus, code?: string): Promise<void>;
  fail(error: unknown): Promise<void>;
}

/** Lets promises that are already settled run on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

export class FakeServer {
  calls: Call[] = [];
  pack = makePack();

  send = (operations: readonly Operation[]): Promise<Applied> =>
    new Promise((resolve, reject) => {
      this.calls.push({
        operations,
        accept: async (status = "accepted", code) => {
          const results = operations.map((o): Result => ({ op_id: o.op_id, status, ...(code ? { code } : {}) }));
          resolve({ results, score: this.pack.score });
          await settle();
        },
        fail: async (error) => {
          reject(error);
          await settle();
        },
      });
    });

  reload = async (): Promise<Pack> => this.pack;

  get last(): Call {
    return this.calls[this.calls.length - 1] as Call;
  }
}

export function makeStore(server: FakeServer): Store {
  return new Store(makePack(), { send: server.send, reload: server.reload, changed: () => undefined });
}
