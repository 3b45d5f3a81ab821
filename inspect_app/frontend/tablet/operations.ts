/**
 * The outbox: every tap is an operation with its UUID. They leave in the order in which they were made, one request at a
 * time; a request that got no answer is repeated with the same UUIDs, later and later; nothing leaves the outbox before
 * the server has confirmed it. This one lives as long as its page; `device/outbox.ts` is the one that outlives it.
 */
import { NoLine, Problem } from "./api";
import type { Applied, Operation, Result } from "./types";

/** Where waiting operations are kept. */
export interface Queue {
  all(): readonly Operation[];
  add(operation: Operation): void;
  remove(opIds: ReadonlySet<string>): void;
}

export class MemoryQueue implements Queue {
  private rows: Operation[] = [];

  all(): readonly Operation[] {
    return this.rows;
  }
  add(operation: Operation): void {
    this.rows.push(operation);
  }
  remove(opIds: ReadonlySet<string>): void {
    this.rows = this.rows.filter((row) => !opIds.has(row.op_id));
  }
}

/** idle: nothing waits · sending · waiting: no line, will retry · blocked: a person must do something first. */
export type OutboxState =
  | { kind: "idle" }
  | { kind: "sending" }
  | { kind: "waiting"; retryAt: number }
  | { kind: "blocked"; problem: Problem };

export interface OutboxEvents {
  changed(): void;
  confirmed(operation: Operation, result: Result): void;
  answered(applied: Applied): void;
}

/** What the state of a visit asks of an outbox: this one in memory, or the one that lies on the device. */
export interface Outgoing {
  readonly state: OutboxState;
  readonly size: number;
  statusOf(criterion: string): "none" | "waiting" | "here" | "sending";
  add(operation: Operation): void;
  retry(): void;
}

interface Timer {
  set(action: () => void, ms: number): unknown;
  clear(handle: unknown): void;
  now(): number;
}
const realTimer: Timer = {
  set: (action, ms) => setTimeout(action, ms),
  clear: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
  now: () => Date.now(),
};

const MOST_IN_ONE_REQUEST = 20;
const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

export class Outbox implements Outgoing {
  state: OutboxState = { kind: "idle" };
  private failures = 0;
  private timer: unknown = null;
  private inFlight: ReadonlySet<string> = new Set();

  constructor(
    private readonly send: (operations: readonly Operation[]) => Promise<Applied>,
    private readonly events: OutboxEvents,
    private readonly queue: Queue = new MemoryQueue(),
    private readonly clock: Timer = realTimer,
  ) {}

  get size(): number {
    return this.queue.all().length;
  }

  /** Whether an operation of this criterion waits, and whether it is on the line right now. */
  statusOf(criterion: string): "none" | "waiting" | "sending" {
    const mine = this.queue.all().filter((operation) => operation.criterion === criterion);
    if (mine.length === 0) return "none";
    return mine.every((operation) => this.inFlight.has(operation.op_id)) ? "sending" : "waiting";
  }

  add(operation: Operation): void {
    this.queue.add(operation);
    if (this.state.kind === "idle") void this.pump();
    else this.events.changed();
  }

  /** Try now: the line is back, or the person says so. */
  retry(): void {
    if (this.state.kind === "sending") return;
    this.failures = 0;
    void this.pump();
  }

  private async pump(): Promise<void> {
    if (this.timer !== null) this.clock.clear(this.timer);
    this.timer = null;
    while (this.size > 0) {
      const batch = this.queue.all().slice(0, MOST_IN_ONE_REQUEST);
      this.inFlight = new Set(batch.map((operation) => operation.op_id));
      this.become({ kind: "sending" });
      try {
        const applied = await this.send(batch);
        this.settle(batch, applied);
      } catch (error) {
        this.inFlight = new Set();
        this.failed(error);
        return;
      }
    }
    this.become({ kind: "idle" });
  }

  private settle(batch: readonly Operation[], applied: Applied): void {
    this.failures = 0;
    this.inFlight = new Set();
    const results = new Map(applied.results.map((result) => [result.op_id, result]));
    const known = batch.filter((operation) => results.has(operation.op_id));
    // an answer that says nothing of what was sent is no confirmation: it is repeated like a lost one
    if (known.length === 0) throw new NoLine();
    this.queue.remove(new Set(known.map((operation) => operation.op_id)));
    this.events.answered(applied);
    for (const operation of known) this.events.confirmed(operation, results.get(operation.op_id) as Result);
  }

  private failed(error: unknown): void {
    if (error instanceof Problem && !error.passing) {
      this.become({ kind: "blocked", problem: error });
      return;
    }
    const wait = WAITS_MS[Math.min(this.failures, WAITS_MS.length - 1)] as number;
    this.failures += 1;
    this.timer = this.clock.set(() => void this.pump(), wait);
    this.become({ kind: "waiting", retryAt: this.clock.now() + wait });
  }

  private become(state: OutboxState): void {
    this.state = state;
    this.events.changed();
  }
}
