/** The people of this device: who keeps visits here, whether their PIN is right, how long it opens without the server. */
import Dexie from "dexie";

import { uuid } from "../ids";
import { DeviceDatabase, type Holder, nameOf } from "./database";
import { type Key, makeLock, openLock } from "./seal";

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
    const holder: Holder = { account: account.id, name: account.name, lock, device: uuid(), days, contact: now, seen: now, wrong: 0 };
    await this.db.holders.add(holder);
    return { holder, key };
  }

  /** Days without the server, by the latest time this device's clock ever showed: turning it back gives no more days. */
  isExpired(holder: Holder, now = Date.now()): boolean {
    return Math.max(now, holder.seen) - holder.contact > holder.days * DAY_MS;
  }

  async unlock(holder: Holder, pin: string, now = Date.now()): Promise<Unlocking> {
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
  async wipe(account: number): Promise<void> {
    await this.db.holders.delete(account);
    await Dexie.delete(nameOf(account));
  }
}
