/** A person whose PIN was right: their records, their visits, the line to the server. Ends with `lock`. */
import { AccountDatabase, type Holder } from "../device/database";
import type { Holders } from "../device/holders";
import { type Counts, Journal, noCounts } from "../device/journal";
import type { Key } from "../device/seal";
import { type Assigned, type Contact, Server } from "../device/server";
import { Syncer, type SyncEvent } from "../device/sync";
import { type TakenHead, Visits } from "../device/visits";

const REGISTERED = "registered";

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
  private readonly channel: BroadcastChannel;
  private counting: ReturnType<typeof setTimeout> | null = null;

  constructor(
    readonly holder: Holder,
    key: Key,
    private readonly holders: Holders,
    private readonly changed: () => void,
    private readonly revoked: () => void,
  ) {
    this.contact = holder.contact;
    this.db = new AccountDatabase(holder.account);
    this.journal = new Journal(this.db, key);
    this.server = new Server(holder.account, holder.device);
    this.syncer = new Syncer(this.journal, this.server, holder.account);
    this.visits = new Visits(this.db, key, this.server, this.journal);
    this.channel = new BroadcastChannel(`miyar-${holder.account}`);
    this.channel.onmessage = () => this.recount();
    this.syncer.listen((event) => void this.heard(event));
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

  get waiting(): number {
    return Object.values(this.counts).reduce((sum, counted) => sum + counted.waiting, 0);
  }
  get aside(): number {
    return Object.values(this.counts).reduce((sum, counted) => sum + counted.aside, 0);
  }

  close(): void {
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
    this.assigned = visits;
    await this.holders.met(account.id, account.name, days_offline);
    await this.journal.note("assigned", visits);
    if (await this.journal.noted(REGISTERED)) return;
    try {
      await this.server.register(this.holder.device, nameOfDevice());
      await this.journal.note(REGISTERED, true);
    } catch {
      // the next contact tries again
    }
  }
}
