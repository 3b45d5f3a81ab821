/**
 * Photographs on their way: taken, shown at once, sent one at a time, kept here until the server has confirmed them.
 * Large ones are made smaller first (the server keeps no more than 2560 pixels either).
 */
import type { Api } from "./api";
import { NoLine, Problem } from "./api";
import { uuid } from "./ids";
import type { Photo } from "./types";

export interface Shot {
  op_id: string;
  criterion: string;
  file: Blob;
  preview: string;
  caption: string;
  taken_at: string;
  status: "draft" | "waiting" | "sending" | "refused";
  share: number;
  problem: Problem | null;
}

export const MOST_BYTES = 8 * 1024 * 1024;
const SMALL_ENOUGH = 1_500_000;
const LONGEST_SIDE = 2560;
/** On the device room and line are scarce: 1600 pixels show a crack in a wall and weigh about 300 kB. */
const DEVICE_SIDE = 1600;
const WAIT_MS = 5_000;

export type PhotoFault = "photo-not-an-image" | "photo-too-large";

/** The picture to send, or why it is none. `always`: drawn anew, so that place and device stay behind in the original. */
export async function prepared(file: File, { always = false } = {}): Promise<Blob | PhotoFault> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return "photo-not-an-image";
  }
  const sendable = ["image/jpeg", "image/png", "image/webp"].includes(file.type);
  const longest = Math.max(picture.width, picture.height);
  if (!always && sendable && file.size <= SMALL_ENOUGH && longest <= LONGEST_SIDE) return file;
  const scale = Math.min(1, (always ? DEVICE_SIDE : LONGEST_SIDE) / longest);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const smaller = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", always ? 0.8 : 0.85));
  const result = smaller ?? file;
  return result.size > MOST_BYTES ? "photo-too-large" : result;
}

/** What the page asks of whoever keeps its photographs. */
export interface Photographs {
  readonly shots: readonly Shot[];
  kept: Record<string, Photo[]>;
  readonly faults: Readonly<Record<string, PhotoFault>>;
  readonly preparing: ReadonlySet<string>;
  add(criterion: string, file: File): Promise<void>;
  save(shot: Shot): void;
  discard(shot: Shot): void;
  redraw?(shot: Shot, picture: Blob): Promise<void>;
  of(criterion: string): Shot[];
  retry(): void;
  withdraw(photo: Photo, reason: string, identity: boolean): Promise<void>;
}

export class PhotoBox implements Photographs {
  shots: Shot[] = [];
  kept: Record<string, Photo[]> = {};
  faults: Record<string, PhotoFault> = {};
  /** criteria with a picture that is being made smaller */
  preparing = new Set<string>();
  private busy = false;

  constructor(
    private readonly api: Api,
    private readonly changed: () => void,
  ) {}

  /** A file was chosen or the camera gave one. */
  async add(criterion: string, file: File): Promise<void> {
    delete this.faults[criterion];
    this.preparing.add(criterion);
    this.changed();
    const result = await prepared(file);
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
    shot.status = "waiting";
    shot.problem = null;
    this.changed();
    void this.pump();
  }

  discard(shot: Shot): void {
    URL.revokeObjectURL(shot.preview);
    this.shots = this.shots.filter((other) => other !== shot);
    this.changed();
  }

  of(criterion: string): Shot[] {
    return this.shots.filter((shot) => shot.criterion === criterion);
  }

  retry(): void {
    void this.pump();
  }

  async withdraw(photo: Photo, reason: string, identity: boolean): Promise<void> {
    await this.api.withdraw(photo.id, reason, identity);
    this.kept[photo.criterion] = (this.kept[photo.criterion] ?? []).filter((other) => other.id !== photo.id);
    this.changed();
    if (!identity) return;
    try {
      this.kept = (await this.api.pack()).photos; // the same picture on other criteria is gone, too
      this.changed();
    } catch {
      // no line: they are left out when the page is opened again
    }
  }

  private async pump(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    for (let shot = this.next(); shot; shot = this.next()) {
      if (!(await this.sent(shot))) break;
    }
    this.busy = false;
  }

  private next(): Shot | undefined {
    return this.shots.find((shot) => shot.status === "waiting");
  }

  /** Whether to go on with the next one. */
  private async sent(shot: Shot): Promise<boolean> {
    shot.status = "sending";
    shot.share = 0;
    this.changed();
    try {
      const photo = await this.api.upload(shot, (share) => {
        shot.share = share;
        this.changed();
      });
      const others = (this.kept[shot.criterion] ?? []).filter((other) => other.id !== photo.id);
      this.kept[shot.criterion] = [...others, photo];
      this.discard(shot);
      return true;
    } catch (error) {
      const passing = error instanceof NoLine || (error instanceof Problem && error.passing);
      shot.status = passing ? "waiting" : "refused";
      shot.problem = error instanceof Problem ? error : null;
      this.changed();
      if (passing) setTimeout(() => this.retry(), WAIT_MS);
      return !passing;
    }
  }
}
