/** The people of this device: who keeps visits here, whether their PIN is right, how long it opens without the server. */
import Dexie from "dexie";

import { uuid } from "../ids";
import { AccountDatabase, DeviceDatabase, type Holder, nameOf } from "./database";
import { changePin, type Key, makeLock, openLock } from "./seal";

const DAY_MS = 86_400_000;
const FREE_TRIES = 5;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 3_600_000;

export type Unlocking = { kind: "open"; key: Key } | { kind: "wrong" } | { kind: "pause"; until: number } | { kind: "expired" };

export class Holders {
  private readonly db = new DeviceDatabase();

  all(): Promise<Holder[]> {
    return this.db.holders.toArray();
  }

  async add(account: { id: number; name: string }, pin: string, days: number, rounds?: number): Promise<{ holder: Holder; key: Key }> {
    const { lock, key } = await makeLock(pin, rounds);
    const now = Date.now();
    const device = await this.deviceOfOthers();
    const holder: Holder = { account: account.id, name: account.name, lock, device: device ?? uuid(), days, contact: now, seen: now, wrong: 0 };
    await this.db.holders.add(holder);
    return { holder, key };
  }

  /** People who share a tablet share its name, so that it is revoked for all of them; a revoked name is never used again. */
  private async deviceOfOthers(): Promise<string | undefined> {
    const gone = new Set((await this.db.revoked.toArray()).map(({ device }) => device));
    return (await this.all()).map(({ device }) => device).find((device) => !gone.has(device));
  }

  /** Days without the server, by the latest time this device's clock ever showed: turning it back gives no more days. */
  isExpired(holder: Holder, now = Date.now()): boolean {
    return Math.max(now, holder.seen) - holder.contact > holder.days * DAY_MS;
  }

  unlock(holder: Holder, pin: string, now = Date.now()): Promise<Unlocking> {
    return this.tried(holder, pin, now);
  }

  /** The same records behind another PIN. Wrong ones count as they do at the door. */
  async changePin(holder: Holder, old: string, pin: string, rounds?: number): Promise<Unlocking> {
    const found = await this.tried(holder, old, Date.now());
    if (found.kind !== "open") return found;
    const kept = (await this.db.holders.get(holder.account)) ?? holder;
    const lock = await changePin(kept.lock, old, pin, rounds);
    if (!lock) return { kind: "wrong" };
    await this.db.holders.update(holder.account, { lock });
    holder.lock = lock;
    return found;
  }

  /** How many records of a person the server has not confirmed; readable without their PIN. */
  async unsent(account: number): Promise<number> {
    if (!(await Dexie.exists(nameOf(account)))) return 0;
    const db = new AccountDatabase(account);
    try {
      const tables = [db.operations, db.photos, db.papers];
      const counts = await Promise.all(tables.map((table) => table.where("state").anyOf("waiting", "aside").count()));
      return counts.reduce((sum, count) => sum + count, 0);
    } finally {
      db.close();
    }
  }

  private async tried(holder: Holder, pin: string, now: number): Promise<Unlocking> {
    const kept = (await this.db.holders.get(holder.account)) ?? holder;
    const pause = kept.wrong < FREE_TRIES ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (kept.wrong - FREE_TRIES), LONGEST_PAUSE_MS);
    if (pause > 0 && now < kept.seen + pause && now >= kept.seen) return { kind: "pause", until: kept.seen + pause };
    if (this.isExpired(kept, now)) return { kind: "expired" };
    const key = await openLock(kept.lock, pin);
    await this.db.holders.update(kept.account, { seen: Math.max(now, kept.seen), wrong: key ? 0 : kept.wrong + 1 });
    return key ? { kind: "open", key } : { kind: "wrong" };
  }

  async met(account: number, name: string, days: number, now = Date.now()): Promise<void> {
    await this.db.holders.update(account, { contact: now, seen: now, name, days });
  }

  /** Keys first: what the flash may still hold after that can no longer be read. */
  async wipe(account: number, revoked = ""): Promise<void> {
    if (revoked) await this.db.revoked.put({ device: revoked });
    await this.db.holders.delete(account);
    await Dexie.delete(nameOf(account));
  }
}
