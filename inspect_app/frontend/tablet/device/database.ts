/**
 * What lies on the device. An upgrade of the schema adds; it never removes a table, an index that is in use, or a row
 * (`tests/frontend/device/database.test.ts` holds it to that). Tables and their readable columns: `docs/offline.md`.
 */
import Dexie, { type Table } from "dexie";

import type { Lock, Sealed } from "./seal";

/** waiting: only here · confirmed: the server has it · aside: the server refused it, a person must look. */
export type RecordState = "waiting" | "confirmed" | "aside";

/** A person of this device. */
export interface Holder {
  account: number;
  name: string;
  lock: Lock;
  device: string;
  days: number;
  /** when the server last confirmed who this is, and the latest time this device's clock ever showed (both its own clock) */
  contact: number;
  seen: number;
  wrong: number;
}
export interface VisitRow {
  id: number;
  sealed: Sealed;
  fetched: number;
  etag: string;
  bytes: number;
}
export interface OperationRow {
  seq?: number;
  op_id: string;
  visit: number;
  state: RecordState;
  made: number;
  confirmed?: number;
  code?: string;
  sealed: Sealed;
}
export interface PhotoRow {
  op_id: string;
  visit: number;
  state: RecordState;
  made: number;
  bytes: number;
  sha256: string;
  code?: string;
  /** the line broke while it was sent: it goes on in pieces */
  cut?: boolean;
  meta: Sealed;
  picture: Sealed | null;
}
/** A signature or the sheet of a critical finding. */
export interface PaperRow {
  op_id: string;
  visit: number;
  kind: "signature" | "sheet";
  state: RecordState;
  made: number;
  code?: string;
  /** who was told by mail of a sheet, as the server said */
  told?: string[];
  sealed: Sealed;
}
/** Small things that belong to one person: the list of assigned visits, what is typed and no operation yet. */
export interface NoteRow {
  name: string;
  sealed: Sealed;
}

/** Every version of the schema there was; only ever appended to. */
export const VERSIONS: Record<string, string>[] = [
  { visits: "id", operations: "++seq, &op_id, [visit+state], state, visit", photos: "op_id, [visit+state], state, visit" },
  { notes: "name" },
  { papers: "op_id, [visit+state], [kind+state], state, visit" },
];

export class DeviceDatabase extends Dexie {
  holders!: Table<Holder, number>;
  /** names under which the server does not know this device any more */
  revoked!: Table<{ device: string }, string>;
  constructor() {
    super("miyar-device", { chromeTransactionDurability: "strict" });
    this.version(1).stores({ holders: "account" });
    this.version(2).stores({ revoked: "device" });
  }
}

export const nameOf = (account: number): string => `miyar-${account}`;

export class AccountDatabase extends Dexie {
  visits!: Table<VisitRow, number>;
  operations!: Table<OperationRow, number>;
  photos!: Table<PhotoRow, string>;
  notes!: Table<NoteRow, string>;
  papers!: Table<PaperRow, string>;
  constructor(account: number, versions = VERSIONS) {
    super(nameOf(account), { chromeTransactionDurability: "strict" });
    versions.forEach((stores, place) => this.version(place + 1).stores(stores));
  }
}

/** Whether the device has no room left: nothing was written then. */
export function isFull(error: unknown): boolean {
  const names = [error, (error as { inner?: unknown } | null)?.inner].map((one) => (one as { name?: string } | null)?.name);
  return names.includes("QuotaExceededError");
}
