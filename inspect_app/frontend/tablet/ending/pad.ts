/** A field in which a person signs with finger, pen or mouse. What is kept are the lines, not the pixels. */
export const WIDTH = 600;
export const HEIGHT = 200;
const FEWEST_POINTS = 4;
const LONGEST = 19_000;
/** Nearer points add nothing that can be seen. */
const NEAR = 3;
const SHARP = 2;

export class Pad {
  readonly canvas = document.createElement("canvas");
  private lines: [number, number][][] = [];
  private drawing_ = false;

  constructor(label: string, private readonly changed: () => void) {
    this.canvas.width = WIDTH * SHARP;
    this.canvas.height = HEIGHT * SHARP;
    this.canvas.className = "signature-pad";
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", label);
    this.canvas.addEventListener("pointerdown", (event) => {
      if (event.button > 0) return;
      this.canvas.setPointerCapture(event.pointerId);
      this.drawing_ = true;
      this.lines.push([]);
      this.add(event);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (!this.drawing_) return;
      for (const one of event.getCoalescedEvents?.() ?? []) this.add(one);
      this.add(event);
    });
    for (const end of ["pointerup", "pointercancel"] as const) {
      this.canvas.addEventListener(end, () => {
        this.drawing_ = false;
        this.changed();
      });
    }
  }

  get isSigned(): boolean {
    return this.lines.reduce((sum, line) => sum + line.length, 0) >= FEWEST_POINTS;
  }

  /** Lines of an SVG path in a box of 600 × 200. */
  get path(): string {
    return pathOf(this.lines);
  }

  clear(): void {
    this.lines = [];
    this.paint();
    this.changed();
  }

  private add(event: PointerEvent): void {
    const box = this.canvas.getBoundingClientRect();
    const within = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)));
    const x = within(((event.clientX - box.left) * WIDTH) / box.width, WIDTH);
    const y = within(((event.clientY - box.top) * HEIGHT) / box.height, HEIGHT);
    const line = this.lines[this.lines.length - 1];
    const last = line?.[line.length - 1];
    if (!line || (last && Math.hypot(last[0] - x, last[1] - y) < NEAR) || this.path.length > LONGEST) return;
    line.push([x, y]);
    this.paint();
  }

  private paint(): void {
    const context = this.canvas.getContext("2d");
    if (!context) return;
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.lineWidth = 3 * SHARP;
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = "#102a43";
    for (const line of this.lines) {
      context.beginPath();
      line.forEach(([x, y], place) => (place === 0 ? context.moveTo(x * SHARP, y * SHARP) : context.lineTo(x * SHARP, y * SHARP)));
      context.stroke();
    }
  }
}

export function pathOf(lines: readonly (readonly [number, number][])[]): string {
  return lines
    .filter((line) => line.length > 0)
    .map((line) => line.map(([x, y], place) => `${place === 0 ? "M" : "L"}${x} ${y}`).join(""))
    .join("");
}
