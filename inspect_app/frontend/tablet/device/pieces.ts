/**
 * A photograph over a bad line: in pieces, from where it stopped, by its content hash. The pieces grow while the line is quick
 * and shrink when it breaks. What goes in one piece goes in one request, as long as it was not cut off before.
 */
import { Problem } from "../api";
import type { Photo } from "../types";
import type { KeptPhoto } from "./journal";
import type { Server } from "./server";

const LARGEST = 512 * 1024;
const AFTER_A_CUT = 128 * 1024;
const SMALLEST = 32 * 1024;
const QUICK_MS = 2_000;
const TRIES = 3;
/** What the same bytes, sent again, mend. */
export const MENDED_BY_AGAIN: ReadonlySet<string> = new Set(["photo-damaged", "piece-damaged", "piece-elsewhere"]);

export class Pieces {
  private size = LARGEST;

  constructor(private readonly server: Server) {}

  /** `progress`: the share of the whole that is on the server, and whether it grew just now. */
  async send(kept: KeptPhoto, picture: ArrayBuffer, progress: (share: number, grew: boolean) => void): Promise<Photo> {
    if (picture.byteLength <= (kept.row.cut ? SMALLEST : this.size)) return this.server.upload(kept, picture);
    let here = await this.server.arrived(kept);
    progress(here.offset / picture.byteLength, false);
    for (let faults = 0; !here.photo && here.offset < picture.byteLength; ) {
      const begin = performance.now();
      try {
        here = { ...here, offset: await this.server.piece(kept, here.offset, picture.slice(here.offset, here.offset + this.size)) };
        faults = 0;
        progress(here.offset / picture.byteLength, true);
        if (performance.now() - begin < QUICK_MS) this.size = Math.min(2 * this.size, LARGEST);
      } catch (error) {
        if (!(error instanceof Problem) || !MENDED_BY_AGAIN.has(error.code) || ++faults === TRIES) throw error;
        here = await this.server.arrived(kept);
      }
    }
    return here.photo ?? this.server.complete(kept);
  }

  /** The line was cut: less at once from now on. */
  cut(): void {
    this.size = Math.max(SMALLEST, Math.min(AFTER_A_CUT, this.size / 2));
  }
}
