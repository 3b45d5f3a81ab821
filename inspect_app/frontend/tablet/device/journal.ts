/** The records of one person on this device: what was tapped and taken, and how far each is on its way. */
import type { Operation, Photo, Result } from "../types";
import type { AccountDatabase, OperationRow, PhotoRow, RecordState } from "./database";
import { type KeptPaper, PaperBook } from "./papers";
import { type Key, sha256 } from "./seal";

export interface Kept {
  row: OperationRow;
  operation: Operation;
}
export interface PhotoMeta {
  criterion: string;
  caption: string;
  taken_at: string;
  type: string;
  /** as the server answered, once it has */
  photo?: Photo;
}
export interface KeptPhoto {
  row: PhotoRow;
  meta: PhotoMeta;
}
export interface Counts {
  operations: Record<RecordState, number>;
  photos: Record<RecordState, number>;
  signatures: Record<RecordState, number>;
  sheets: Record<RecordState, number>;
}

const none = (): Record<RecordState, number> => ({ waiting: 0, confirmed: 0, aside: 0 });
export const noCounts = (): Counts => ({ operations: none(), photos: none(), signatures: none(), sheets: none() });

const aboutOperation = (visit: number, op_id: string): string => `operation/${visit}/${op_id}`;
const aboutPhoto = (op_id: string): string => `photo/${op_id}`;
const aboutMeta = (op_id: string): string => `photo-meta/${op_id}`;

export class Journal {
  /** writes stand in the order in which they were asked for */
  private last: Promise<unknown> = Promise.resolve();
  readonly papers: PaperBook;

  constructor(
    readonly db: AccountDatabase,
    private readonly key: Key,
    private readonly now: () => number = Date.now,
  ) {
    this.papers = new PaperBook(db, key, now);
  }

  /** Resolves when the operation lies on the device. */
  add(visit: number, operation: Operation): Promise<void> {
    return this.inOrder(async () => {
      const sealed = await this.key.seal(operation, aboutOperation(visit, operation.op_id));
      await this.db.operations.add({ op_id: operation.op_id, visit, state: "waiting", made: this.now(), sealed });
    });
  }

  async operations(visit: number): Promise<Kept[]> {
    return this.opened(await this.db.operations.where("visit").equals(visit).sortBy("seq"));
  }

  /** The next operations to send: of one visit, in the order of the taps. */
  async next(most: number, without: ReadonlySet<number>): Promise<Kept[]> {
    const first = await this.db.operations.orderBy("seq").filter((row) => row.state === "waiting" && !without.has(row.visit)).first();
    if (!first) return [];
    const rows = await this.db.operations.where("[visit+state]").equals([first.visit, "waiting"]).sortBy("seq");
    return this.opened(rows.slice(0, most));
  }

  async settle(result: Result): Promise<void> {
    const change =
      result.status === "refused"
        ? { state: "aside" as const, code: result.code ?? "invalid" }
        : { state: "confirmed" as const, confirmed: this.now() };
    await this.db.operations.where("op_id").equals(result.op_id).modify(change);
  }

  /** Confirmed before the pack was asked for: the pack holds them. */
  async forgetConfirmed(visit: number, before: number): Promise<void> {
    await this.db.operations
      .where("[visit+state]")
      .equals([visit, "confirmed"])
      .filter((row) => (row.confirmed ?? Infinity) < before)
      .delete();
  }

  // photographs -------------------------------------------------------------------------------------------------

  async addPhoto(visit: number, op_id: string, meta: PhotoMeta, picture: ArrayBuffer): Promise<void> {
    await this.inOrder(async () => {
      const row: PhotoRow = {
        op_id,
        visit,
        state: "waiting",
        made: this.now(),
        bytes: picture.byteLength,
        sha256: await sha256(picture),
        meta: await this.key.seal(meta, aboutMeta(op_id)),
        picture: await this.key.sealBytes(picture, aboutPhoto(op_id)),
      };
      await this.db.photos.add(row);
    });
  }

  async photos(visit: number): Promise<KeptPhoto[]> {
    return this.withMeta(await this.db.photos.where("visit").equals(visit).sortBy("made"));
  }

  async nextPhoto(without: ReadonlySet<number>): Promise<KeptPhoto | undefined> {
    const rows = await this.db.photos.where("state").equals("waiting").sortBy("made");
    return (await this.withMeta(rows.filter((row) => !without.has(row.visit)).slice(0, 1)))[0];
  }

  async picture(row: PhotoRow): Promise<ArrayBuffer | null> {
    return row.picture && this.key.openBytes(row.picture, aboutPhoto(row.op_id));
  }

  /** The server has the picture under its name: here only what it answered remains. */
  async photoArrived(kept: KeptPhoto, photo: Photo): Promise<void> {
    const { op_id } = kept.row;
    const meta = await this.key.seal({ ...kept.meta, photo }, aboutMeta(op_id));
    await this.db.photos.update(op_id, { state: "confirmed", picture: null, meta });
  }

  async photoAside(op_id: string, code: string): Promise<void> {
    await this.db.photos.update(op_id, { state: "aside", code });
  }

  /** The line broke while it was sent. */
  async photoCut(op_id: string): Promise<void> {
    await this.db.photos.update(op_id, { cut: true });
  }

  /** A person took it back before it was sent. */
  async discardPhoto(op_id: string): Promise<void> {
    await this.db.photos.where("op_id").equals(op_id).filter((row) => row.state !== "confirmed").delete();
  }

  async forgetArrivedPhotos(visit: number, known: ReadonlySet<string>): Promise<void> {
    await this.db.photos.where("[visit+state]").equals([visit, "confirmed"]).filter((row) => known.has(row.op_id)).delete();
  }

  /** Try again what was set aside (a person says so). */
  async bringBack(op_id: string): Promise<void> {
    await this.db.operations.where("op_id").equals(op_id).filter((row) => row.state === "aside").modify({ state: "waiting" });
    await this.db.photos.where("op_id").equals(op_id).filter((row) => row.state === "aside").modify({ state: "waiting" });
    await this.papers.bringBack(op_id);
  }

  // counts and small notes --------------------------------------------------------------------------------------

  async counts(visit?: number): Promise<Counts> {
    const found = noCounts();
    for (const state of ["waiting", "confirmed", "aside"] as const) {
      found.signatures[state] = await this.papers.count("signature", state, visit);
      found.sheets[state] = await this.papers.count("sheet", state, visit);
      if (visit === undefined) {
        found.operations[state] = await this.db.operations.where("state").equals(state).count();
        found.photos[state] = await this.db.photos.where("state").equals(state).count();
      } else {
        found.operations[state] = await this.db.operations.where("[visit+state]").equals([visit, state]).count();
        found.photos[state] = await this.db.photos.where("[visit+state]").equals([visit, state]).count();
      }
    }
    return found;
  }

  async unsent(): Promise<{ operations: Kept[]; photos: KeptPhoto[]; papers: KeptPaper[] }> {
    const notConfirmed = (row: { state: RecordState }): boolean => row.state !== "confirmed";
    return {
      operations: await this.opened(await this.db.operations.orderBy("seq").filter(notConfirmed).toArray()),
      photos: await this.withMeta(await this.db.photos.filter(notConfirmed).toArray()),
      papers: await this.papers.unsent(),
    };
  }

  async note(name: string, value: unknown): Promise<void> {
    await this.inOrder(async () => this.db.notes.put({ name, sealed: await this.key.seal(value, `note/${name}`) }));
  }

  async noted<T>(name: string): Promise<T | null> {
    const row = await this.db.notes.get(name);
    return row ? this.key.open<T>(row.sealed, `note/${name}`) : null;
  }

  // inside ------------------------------------------------------------------------------------------------------

  private inOrder<T>(write: () => Promise<T>): Promise<T> {
    const mine = this.last.then(write);
    this.last = mine.catch(() => undefined);
    return mine;
  }

  private opened(rows: OperationRow[]): Promise<Kept[]> {
    return Promise.all(
      rows.map(async (row) => ({ row, operation: await this.key.open<Operation>(row.sealed, aboutOperation(row.visit, row.op_id)) })),
    );
  }

  private withMeta(rows: PhotoRow[]): Promise<KeptPhoto[]> {
    return Promise.all(rows.map(async (row) => ({ row, meta: await this.key.open<PhotoMeta>(row.meta, aboutMeta(row.op_id)) })));
  }
}
