/** Photographs of one visit on this device: shrunk, without metadata, written down before the screen says so. */
import { Problem } from "../api";
import { uuid } from "../ids";
import type { Photographs, PhotoFault, Shot } from "../photos";
import { prepared } from "../photos";
import type { Photo } from "../types";
import { isFull } from "./database";
import type { Journal, KeptPhoto } from "./journal";
import type { Server } from "./server";
import type { Syncer } from "./sync";

export class DevicePhotos implements Photographs {
  shots: Shot[] = [];
  kept: Record<string, Photo[]> = {};
  faults: Record<string, PhotoFault> = {};
  preparing = new Set<string>();
  private readonly deaf: () => void;

  constructor(
    private readonly visit: number,
    private readonly journal: Journal,
    private readonly syncer: Syncer,
    private readonly server: Server,
    private readonly changed: () => void,
  ) {
    this.deaf = syncer.listen((event) => {
      if (event.kind === "photo" && event.kept.row.visit === visit) this.arrived(event.kept, event.photo);
      if (event.kind === "photo-aside") this.refused(event.kept.row.op_id, event.problem);
      if (event.kind === "records") this.marked();
    });
  }

  /** What was taken before and is still here. */
  async restore(): Promise<void> {
    for (const one of await this.journal.photos(this.visit)) {
      if (one.row.state === "confirmed") {
        if (one.meta.photo) this.show(one.meta.photo);
        continue;
      }
      const bytes = await this.journal.picture(one.row);
      if (bytes) this.shots.push(this.shot(one, new Blob([bytes], { type: one.meta.type })));
    }
    this.changed();
  }

  async add(criterion: string, file: File): Promise<void> {
    delete this.faults[criterion];
    this.preparing.add(criterion);
    this.changed();
    const result = await prepared(file, { always: true });
    this.preparing.delete(criterion);
    if (typeof result === "string") this.faults[criterion] = result;
    else {
      this.shots.push({
        op_id: uuid(),
        criterion,
        file: result,
        preview: URL.createObjectURL(result),
        caption: "",
        taken_at: new Date(file.lastModified || Date.now()).toISOString(),
        status: "draft",
        share: 0,
        problem: null,
      });
    }
    this.changed();
  }

  save(shot: Shot): void {
    void this.saved(shot);
  }

  discard(shot: Shot): void {
    URL.revokeObjectURL(shot.preview);
    this.shots = this.shots.filter((other) => other !== shot);
    void this.journal.discardPhoto(shot.op_id);
    this.changed();
  }

  /** The picture was drawn on: the drawing replaces it, for it was never sent. */
  async redraw(shot: Shot, picture: Blob): Promise<void> {
    URL.revokeObjectURL(shot.preview);
    shot.file = picture;
    shot.preview = URL.createObjectURL(picture);
    this.changed();
  }

  of(criterion: string): Shot[] {
    return this.shots.filter((shot) => shot.criterion === criterion);
  }

  retry(): void {
    this.syncer.retry();
  }

  async withdraw(photo: Photo, reason: string, identity: boolean): Promise<void> {
    await this.server.withdraw(this.visit, photo.id, reason, identity);
    this.kept[photo.criterion] = (this.kept[photo.criterion] ?? []).filter((other) => other.id !== photo.id);
    this.changed();
  }

  /** Photographs of which a part lives in this page alone. */
  get unwritten(): number {
    return this.shots.filter((shot) => shot.status === "draft").length;
  }

  close(): void {
    this.deaf();
    for (const shot of this.shots) URL.revokeObjectURL(shot.preview);
  }

  private async saved(shot: Shot): Promise<void> {
    if (shot.status === "refused" && !shot.problem?.code.startsWith("device-")) {
      await this.journal.bringBack(shot.op_id);
    } else {
      const meta = { criterion: shot.criterion, caption: shot.caption.trim(), taken_at: shot.taken_at, type: shot.file.type };
      try {
        await this.journal.addPhoto(this.visit, shot.op_id, meta, await shot.file.arrayBuffer());
      } catch (error) {
        shot.status = "refused";
        shot.problem = new Problem(507, isFull(error) ? "device-full" : "device-fault", "");
        this.changed();
        return;
      }
    }
    shot.status = "waiting";
    shot.problem = null;
    this.changed();
    this.syncer.kick();
  }

  private shot({ row, meta }: KeptPhoto, file: Blob): Shot {
    const { criterion, caption, taken_at } = meta;
    const refused = row.state === "aside";
    const problem = refused ? new Problem(422, row.code ?? "", "") : null;
    const preview = URL.createObjectURL(file);
    return { op_id: row.op_id, criterion, file, preview, caption, taken_at, status: refused ? "refused" : "waiting", share: 0, problem };
  }

  private arrived({ row }: KeptPhoto, photo: Photo): void {
    const shot = this.shots.find((one) => one.op_id === row.op_id);
    if (shot) URL.revokeObjectURL(shot.preview);
    this.shots = this.shots.filter((one) => one !== shot);
    this.show(photo);
    this.changed();
  }

  private refused(op_id: string, problem: Problem): void {
    const shot = this.shots.find((one) => one.op_id === op_id);
    if (shot) [shot.status, shot.problem] = ["refused", problem];
    this.changed();
  }

  private marked(): void {
    for (const shot of this.shots) {
      shot.share = this.syncer.current.has(shot.op_id) ? this.syncer.share : 0;
      if (shot.status === "waiting" || shot.status === "sending") shot.status = this.syncer.current.has(shot.op_id) ? "sending" : "waiting";
    }
    this.changed();
  }

  private show(photo: Photo): void {
    const others = (this.kept[photo.criterion] ?? []).filter((other) => other.op_id !== photo.op_id);
    this.kept[photo.criterion] = [...others, photo];
  }
}
