/**
 * The outbox of one visit on this device. A tap is written down first; only then does its criterion say «on this device».
 * Sending is the work of the `Syncer`, for all visits; what it hears of this one comes back here.
 */
import { Problem } from "../api";
import type { OutboxEvents, OutboxState, Outgoing } from "../operations";
import type { Operation } from "../types";
import { isFull } from "./database";
import type { Journal, Kept } from "./journal";
import type { Syncer } from "./sync";

const AGAIN_MS = 5_000;

export class DeviceOutbox implements Outgoing {
  /** not confirmed yet; `written` once it lies on the device */
  private rows: { operation: Operation; written: boolean }[];
  private fault: Problem | null = null;
  private readonly deaf: () => void;

  constructor(
    private readonly visit: number,
    private readonly journal: Journal,
    private readonly syncer: Syncer,
    private readonly events: OutboxEvents,
    kept: readonly Kept[],
  ) {
    this.rows = kept.filter(({ row }) => row.state === "waiting").map(({ operation }) => ({ operation, written: true }));
    this.deaf = syncer.listen((event) => {
      if (event.kind === "results" && event.visit === visit) {
        const results = new Map(event.applied.results.map((result) => [result.op_id, result]));
        this.rows = this.rows.filter(({ operation }) => !results.has(operation.op_id));
        for (const { operation } of event.kept) {
          const result = results.get(operation.op_id);
          if (result) events.confirmed(operation, result);
        }
      }
      if (event.kind !== "contact") events.changed();
    });
  }

  get size(): number {
    return this.rows.length;
  }

  /** Taps that are not on the device yet: as long as there are any the page is not to be left. */
  get unwritten(): number {
    return this.rows.filter((row) => !row.written).length;
  }

  get state(): OutboxState {
    if (this.fault) return { kind: "blocked", problem: this.fault };
    const state = this.syncer.state;
    if (state.kind === "waiting") return state;
    if (this.size === 0) return { kind: "idle" };
    return state.kind === "sending" ? state : { kind: "idle" };
  }

  statusOf(criterion: string): "none" | "waiting" | "here" | "sending" {
    const mine = this.rows.filter(({ operation }) => operation.criterion === criterion);
    if (mine.length === 0) return "none";
    if (mine.some((row) => !row.written)) return "waiting";
    return mine.every(({ operation }) => this.syncer.current.has(operation.op_id)) ? "sending" : "here";
  }

  add(operation: Operation): void {
    const row = { operation, written: false };
    this.rows.push(row);
    void this.write(row);
  }

  retry(): void {
    for (const row of this.rows) if (!row.written && this.fault) void this.write(row);
    this.syncer.retry();
  }

  close(): void {
    this.deaf();
  }

  private async write(row: { operation: Operation; written: boolean }): Promise<void> {
    try {
      await this.journal.add(this.visit, row.operation);
      row.written = true;
      this.fault = null;
      this.syncer.kick();
    } catch (error) {
      this.fault = new Problem(507, isFull(error) ? "device-full" : "device-fault", "");
      setTimeout(() => !row.written && void this.write(row), AGAIN_MS);
    }
    this.events.changed();
  }
}
