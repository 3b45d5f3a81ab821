/** Visits that were taken along: pack and rules, sealed. */
import type { Pack } from "../types";
import type { ChecklistRules } from "../../scoring/types";
import type { AccountDatabase } from "./database";
import type { Journal } from "./journal";
import type { Key } from "./seal";
import type { Server } from "./server";

export interface Taken {
  pack: Pack;
  rules: ChecklistRules;
}
export interface TakenHead {
  id: number;
  bytes: number;
  fetched: number;
  etag: string;
  head: Pick<Pack, "reference" | "state" | "institution" | "planned_on"> & { checklist?: string; rules?: string };
}
interface Contents {
  head: TakenHead["head"];
  body: Taken;
}

const about = (id: number): string => `visit/${id}`;

export class Visits {
  constructor(
    private readonly db: AccountDatabase,
    private readonly key: Key,
    private readonly server: Server,
    private readonly journal: Journal,
  ) {}

  async heads(): Promise<TakenHead[]> {
    const rows = await this.db.visits.toArray();
    return Promise.all(
      rows.map(async ({ id, bytes, fetched, etag, sealed }) => {
        const { head } = await this.key.open<Contents>(sealed, about(id));
        return { id, bytes, fetched, etag, head };
      }),
    );
  }

  async open(id: number): Promise<Taken | null> {
    const row = await this.db.visits.get(id);
    return row ? (await this.key.open<Contents>(row.sealed, about(id))).body : null;
  }

  /** Fetch or fetch again. What the server confirmed before this and the pack holds need not stay in the journal. */
  async take(id: number): Promise<Taken> {
    const asked = Date.now();
    const row = await this.db.visits.get(id);
    const found = await this.server.visit(id, row?.etag ?? "");
    if (found === null && row) {
      await this.db.visits.update(id, { fetched: asked });
      return (await this.open(id)) as Taken;
    }
    if (found === null) throw new Error("unchanged, but not here");
    const { pack, rules, etag } = found;
    const { reference, state, institution, planned_on = "" } = pack;
    const versions = { checklist: pack.checklist.version, rules: rules.version };
    const contents: Contents = { head: { reference, state, institution, planned_on, ...versions }, body: { pack, rules } };
    const sealed = await this.key.seal(contents, about(id));
    await this.db.visits.put({ id, sealed, fetched: asked, etag, bytes: sealed.data.byteLength });
    await this.journal.forgetConfirmed(id, asked);
    const known = Object.values(pack.photos).flatMap((photos) => photos.map((photo) => photo.op_id));
    await this.journal.forgetArrivedPhotos(id, new Set(known));
    await this.journal.papers.forget(id, new Set([...(pack.signatures ?? []), ...(pack.sheets ?? [])].map((paper) => paper.op_id)));
    return { pack, rules };
  }

  /** Whether the server has a newer state of it. Answers of this device that it has already are fetched at once. */
  async isOld({ id, etag }: TakenHead): Promise<boolean> {
    if (!etag || !(await this.server.isNewer(id, etag))) return false;
    if ((await this.journal.counts(id)).operations.confirmed === 0) return true;
    await this.take(id);
    return false;
  }

  /** Only what the server has may go. */
  async remove(id: number): Promise<boolean> {
    return this.db.transaction("rw", this.db.visits, this.db.operations, this.db.photos, this.db.papers, this.db.notes, async () => {
      for (const state of ["waiting", "aside"] as const) {
        if ((await this.db.operations.where("[visit+state]").equals([id, state]).count()) > 0) return false;
        if ((await this.db.photos.where("[visit+state]").equals([id, state]).count()) > 0) return false;
        if ((await this.db.papers.where("[visit+state]").equals([id, state]).count()) > 0) return false;
      }
      await this.db.visits.delete(id);
      await this.db.operations.where("visit").equals(id).delete();
      await this.db.photos.where("visit").equals(id).delete();
      await this.db.papers.where("visit").equals(id).delete();
      for (const name of ["drafts", "sheets", "receipt"]) await this.db.notes.delete(`${name}/${id}`);
      return true;
    });
  }
}
