/** A person whose PIN was right: their records, their visits, the line to the server. Ends with `lock`. */
import { AccountDatabase, type Holder } from "../device/database";
import type { Holders } from "../device/holders";
import { type Counts, Journal, noCounts } from "../device/journal";
import type { Key } from "../device/seal";
import { type Assigned, type Contact, Server } from "../device/server";
import { Syncer, type SyncEvent } from "../device/sync";
import { type TakenHead, Visits } from "../device/visits";

const REGISTERED = "registered";
const FRESHEN_MS = 5 * 60_000;
const DAY_MS = 86_400_000;

/** What a coordinator recognises it by in the list of devices: «Linux armv81 · Chrome 140». */
function nameOfDevice(): string {
  const agent = navigator.userAgent;
  const browser = /(?:Edg|Chrome|Firefox|Version)\/\d+/.exec(agent)?.[0].replace("Version", "Safari").replace("/", " ") ?? "";
  return `${/\(([^;)]+(?:; [^;)]+)?)/.exec(agent)?.[1] ?? ""} · ${browser}`.slice(0, 80);
}

export class Person {
  readonly db: AccountDatabase;
  readonly journal: Journal;
  readonly server: Server;
  readonly syncer: Syncer;
  readonly visits: Visits;
  assigned: Assigned[] = [];
  taken: TakenHead[] = [];
  counts: Counts = noCounts();
  contact: number;
  days: number;
  /** visits of which the server has another state than the one with this ETag */
  private readonly old = new Map<number, string>();
  private gone = false;
  private freshened = 0;
  private readonly channel: BroadcastChannel;
  private counting: ReturnType<typeof setTimeout> | null = null;

  constructor(
    readonly holder: Holder,
    key: Key,
    readonly holders: Holders,
    private readonly changed: () => void,
    private readonly revoked: () => void,
  ) {
    this.contact = holder.contact;
    this.days = holder.days;
    this.db = new AccountDatabase(holder.account);
    this.journal = new Journal(this.db, key);
    this.server = new Server(holder.account, holder.device);
    this.syncer = new Syncer(this.journal, this.server, holder.account);
    this.visits = new Visits(this.db, key, this.server, this.journal);
    this.channel = new BroadcastChannel(`miyar-${holder.account}`);
    this.channel.onmessage = () => this.recount();
    this.syncer.listen((event) => void this.heard(event).catch(this.unlessGone));
  }

  async start(): Promise<void> {
    this.assigned = (await this.journal.noted<Assigned[]>("assigned")) ?? [];
    await this.look();
    this.syncer.retry();
  }

  /** Read again what is on the device. */
  async look(): Promise<void> {
    this.taken = await this.visits.heads();
    this.counts = await this.journal.counts();
    this.changed();
  }

  /** Until when the device opens without the server. */
  get until(): number {
    return this.contact + this.days * DAY_MS;
  }

  isOld(id: number): boolean {
    return this.old.get(id) === this.taken.find((head) => head.id === id)?.etag && this.old.has(id);
  }

  /** Ask which visits changed on the server since they were fetched. A missing line is no fault here. */
  async freshen(): Promise<void> {
    this.freshened = Date.now();
    for (const head of this.taken) {
      const old = await this.visits.isOld(head).catch(() => null);
      if (old) this.old.set(head.id, head.etag);
      else if (old === false) this.old.delete(head.id);
    }
    await this.look().catch(() => undefined); // the device was locked meanwhile
  }

  get waiting(): number {
    return Object.values(this.counts).reduce((sum, counted) => sum + counted.waiting, 0);
  }
  get aside(): number {
    return Object.values(this.counts).reduce((sum, counted) => sum + counted.aside, 0);
  }

  /** What was under way when the device was locked finds its database closed: that is no fault. */
  readonly unlessGone = (error: unknown): void => {
    if (!this.gone) throw error;
  };

  close(): void {
    this.gone = true;
    if (this.counting) clearTimeout(this.counting);
    this.syncer.close();
    this.channel.close();
    this.db.close();
  }

  /** Counts follow the records, at most five times a second. */
  recount(): void {
    this.counting ??= setTimeout(() => {
      this.counting = null;
      void this.journal.counts().then((counts) => {
        this.counts = counts;
        this.changed();
      }, () => undefined);
    }, 200);
  }

  private async heard(event: SyncEvent): Promise<void> {
    if (event.kind === "contact") await this.met(event.contact);
    if (event.kind === "results" || event.kind === "photo" || event.kind === "papers") this.channel.postMessage("records");
    if (event.kind === "state" && this.syncer.state.kind === "revoked") return this.revoked();
    this.recount();
    this.changed();
  }

  private async met({ account, days_offline, visits }: Contact): Promise<void> {
    this.contact = Date.now();
    this.days = days_offline;
    this.assigned = visits;
    await this.holders.met(account.id, account.name, days_offline);
    await this.journal.note("assigned", visits);
    if (this.freshened + FRESHEN_MS < this.contact) void this.freshen();
    if (await this.journal.noted(REGISTERED)) return;
    try {
      await this.server.register(this.holder.device, nameOfDevice());
      await this.journal.note(REGISTERED, true);
    } catch {
      // the next contact tries again
    }
  }
}
