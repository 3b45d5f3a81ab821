/** Draw on a photograph before it is saved: make a face unrecognisable, point at what matters. The original is not kept. */
import { html, nothing, render } from "lit-html";

import { say } from "../messages/index";
import type { Photographs, Shot } from "../photos";
import { icon } from "./parts";

type Tool = "blur" | "pen";
interface Point {
  x: number;
  y: number;
}

/** So few blocks that nobody can be recognised, however large the face was in the picture. */
const BLOCKS_ACROSS = 7;
const LEAST = 12;
const RED = "#d11a1a";

/** Each block of the rectangle takes one colour; what stood there cannot be won back. */
export function pixelate(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x)));
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y)));
  const width = Math.min(context.canvas.width, Math.ceil(Math.max(from.x, to.x))) - left;
  const height = Math.min(context.canvas.height, Math.ceil(Math.max(from.y, to.y))) - top;
  if (width < LEAST || height < LEAST) return;
  const pixels = context.getImageData(left, top, width, height).data;
  const step = Math.max(1, Math.ceil(Math.max(width, height) / BLOCKS_ACROSS));
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const [across, down] = [Math.min(step, width - x), Math.min(step, height - y)];
      const sum = [0, 0, 0];
      for (let row = y; row < y + down; row += 1) {
        for (let at = 4 * (row * width + x); at < 4 * (row * width + x + across); at += 4) {
          for (const colour of [0, 1, 2]) sum[colour] = (sum[colour] ?? 0) + (pixels[at + colour] ?? 0);
        }
      }
      context.fillStyle = `rgb(${sum.map((total) => Math.round(total / (across * down))).join(" ")})`;
      context.fillRect(left + x, top + y, across, down);
    }
  }
}

export async function openDrawTool(shot: Shot, photos: Photographs): Promise<void> {
  const picture = await createImageBitmap(shot.file);
  const canvas = document.createElement("canvas");
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", say.drawing.title);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return;
  context.drawImage(picture, 0, 0);
  picture.close();

  const dialog = document.createElement("dialog");
  dialog.className = "draw-tool";
  dialog.setAttribute("aria-labelledby", "draw-title");
  let tool: Tool = "blur";
  let start: Point | null = null;
  const steps: ImageData[] = [];

  const at = (event: PointerEvent): Point => {
    const box = canvas.getBoundingClientRect();
    return { x: ((event.clientX - box.left) * canvas.width) / box.width, y: ((event.clientY - box.top) * canvas.height) / box.height };
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    steps.push(context.getImageData(0, 0, canvas.width, canvas.height));
    if (steps.length > 6) steps.shift();
    start = at(event);
    context.strokeStyle = RED;
    context.lineWidth = Math.max(4, canvas.width / 150);
    context.lineCap = "round";
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!start) return;
    const here = at(event);
    if (tool === "pen") {
      context.beginPath();
      context.moveTo(start.x, start.y);
      context.lineTo(here.x, here.y);
      context.stroke();
      start = here;
      return;
    }
    const before = steps[steps.length - 1];
    if (before) context.putImageData(before, 0, 0);
    context.setLineDash([12, 8]);
    context.strokeRect(start.x, start.y, here.x - start.x, here.y - start.y);
    context.setLineDash([]);
  });
  canvas.addEventListener("pointerup", (event) => {
    const before = steps[steps.length - 1];
    if (start && tool === "blur" && before) {
      context.putImageData(before, 0, 0);
      pixelate(context, start, at(event));
    }
    start = null;
  });

  const undo = (): void => {
    const before = steps.pop();
    if (before) context.putImageData(before, 0, 0);
    draw();
  };
  const done = async (): Promise<void> => {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
    if (blob) await photos.redraw?.(shot, blob);
    dialog.close();
  };
  const choose = (name: Tool, words: string, sign: string) =>
    html`<button type="button" class="btn ${tool === name ? "btn-primary" : "btn-outline-primary"} draw-${name}" aria-pressed=${tool === name ? "true" : "false"} @click=${() => {
      tool = name;
      draw();
    }}>${icon(sign)}${words}</button>`;
  const draw = (): void => {
    render(
      html`<h2 class="h3 mt-0" id="draw-title">${say.drawing.title}</h2>
        <p class="muted">${say.drawing.help}</p>
        <div class="tools">
          ${choose("blur", say.drawing.blur, "people")} ${choose("pen", say.drawing.pen, "edit")}
          <button type="button" class="btn btn-outline-secondary draw-undo" ?disabled=${steps.length === 0} @click=${undo}>${icon("undo")}${say.drawing.undo}</button>
        </div>
        ${canvas ?? nothing}
        <div class="dialog-actions">
          <button type="button" class="btn btn-outline-secondary" @click=${() => dialog.close()}>${say.cancel}</button>
          <button type="button" class="btn btn-primary draw-done" @click=${() => void done()}>${icon("check")}${say.drawing.done}</button>
        </div>`,
      dialog,
    );
  };
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  draw();
  dialog.showModal();
}
