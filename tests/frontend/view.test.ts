import { render } from "lit-html";
import { beforeEach, expect, test, vi } from "vitest";

import type { Context } from "../../inspect_app/frontend/tablet/context";
import { PhotoBox } from "../../inspect_app/frontend/tablet/photos";
import { Screen } from "../../inspect_app/frontend/tablet/screen";
import { page } from "../../inspect_app/frontend/tablet/view/page";
import type { Criterion } from "../../inspect_app/frontend/tablet/types";
import { FakeServer, makeStore } from "./fixture";

let ctx: Context;
let server: FakeServer;
let box: HTMLElement;
const draw = (): void => {
  render(page(ctx), box);
};
const card = (code: string): HTMLElement => box.querySelector<HTMLElement>(`#c-${code}`)!;
const some = (test: (criterion: Criterion) => boolean): Criterion => [...ctx.store.criteria.values()].find(test)!;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  const store = makeStore(server);
  sessionStorage.clear();
  ctx = {
    store,
    screen: new Screen(store, "visit"),
    photos: new PhotoBox({} as never, () => undefined),
    addresses: { file: "/inspections/7", signIn: "/sign-in", icons: "/icons.svg" },
    wide: () => true,
    changed: () => undefined,
    goTo: () => undefined,
    openDomain: () => undefined,
    loadSources: () => undefined,
  };
  box = document.createElement("div");
  document.body.replaceChildren(box);
  draw();
});

test("a critical criterion says so in words and offers no «not applicable»", () => {
  const critical = some((c) => c.class === "critical");
  expect(card(critical.code).querySelector(".tag-strong")?.textContent).toContain("حاسم");
  expect(card(critical.code).querySelectorAll("input[type=radio]")).toHaveLength(4);
  const other = some((c) => c.class !== "critical" && c.na_allowed);
  expect(card(other.code).querySelectorAll("input[type=radio]")).toHaveLength(5);
});

test("every level is named and described for those who do not see it", () => {
  const code = ctx.store.order[0]!;
  for (const input of card(code).querySelectorAll("input[type=radio]")) {
    const name = input.getAttribute("aria-labelledby")!;
    expect(document.getElementById(name)?.textContent?.trim()).not.toBe("");
  }
});

test("a tap on a level is an operation", () => {
  const code = ctx.store.order[0]!;
  const input = card(code).querySelector<HTMLInputElement>("input[value='2']")!;
  input.checked = true;
  input.dispatchEvent(new Event("change"));
  expect(server.calls[0]?.operations[0]).toMatchObject({ criterion: code, level: 2 });
});

test("the previous visit stands beside the criterion", () => {
  expect(card("GOV-01").querySelector(".previous")?.textContent).toContain("الرخصة منتهية");
});

test("a norm that is not known is said to be so", () => {
  const bare = some((c) => c.parameters.some((p) => p.value === null));
  expect(card(bare.code).querySelector(".unknown")?.textContent).toContain("القيمة غير معروفة");
});

test("a note is text, whatever it looks like", () => {
  ctx.store.setNote("GOV-01", "<img src=x onerror=alert(1)>");
  draw();
  expect(card("GOV-01").querySelector("textarea")?.value).toContain("<img");
  expect(box.querySelector("img")).toBeNull();
});

test("«unanswered» keeps a card where it is after it was answered", () => {
  ctx.screen.find("unanswered", "");
  ctx.store.setLevel("GOV-01", 3);
  draw();
  expect(card("GOV-01")).not.toBeNull();
  ctx.screen.find("unanswered", "");
  draw();
  expect(card("GOV-01")).toBeNull();
});

test("who only reads finds nothing to press but ways to look", () => {
  ctx.store.editable = false;
  draw();
  expect(box.querySelectorAll(".level-option input:not([disabled])")).toHaveLength(0);
  expect(box.querySelectorAll("input[type=file]")).toHaveLength(0);
  expect(box.querySelectorAll("textarea:not([readonly])")).toHaveLength(0);
});

test("without a line the page says what is not saved and offers to try now", async () => {
  const { NoLine } = await import("../../inspect_app/frontend/tablet/api");
  ctx.store.setLevel("GOV-01", 1);
  await server.last.fail(new NoLine());
  draw();
  expect(box.querySelector(".hold-up")?.textContent).toContain("لم يُحفظ بعد: معيار واحد");
  box.querySelector<HTMLButtonElement>(".hold-up button")!.click();
  expect(server.calls).toHaveLength(2);
});

test("finishing says what is missing, by domain, and does not lead away from unsaved answers", () => {
  ctx.screen.finishing = true;
  ctx.store.setLevel("GOV-01", 1);
  draw();
  expect(box.querySelector("#finish-dialog .missing")?.textContent).toContain(`(${ctx.store.order.length - 1})`);
  expect(box.querySelector("#finish-dialog a")).toBeNull();
});

test("nothing carries inline styles or scripts", () => {
  expect(box.innerHTML).not.toMatch(/\sstyle=|\son\w+=/);
});

test("a number that is being typed survives whatever redraws the page", () => {
  const measured = some((c) => c.measurements.length > 0);
  const name = measured.measurements[0]!.code;
  const field = card(measured.code).querySelector<HTMLInputElement>(`#m-${measured.code}-${name}`)!;
  field.value = "١٢٫";
  field.dispatchEvent(new Event("input"));
  draw();
  expect(field.value).toBe("١٢٫");
  expect(field.getAttribute("aria-invalid")).toBeNull();
  field.value = "١٢";
  field.dispatchEvent(new Event("input"));
  field.dispatchEvent(new Event("blur"));
  draw();
  expect(field.value).toBe("12");
  expect(server.calls.at(-1)?.operations[0]?.measurements).toEqual({ [name]: "12" });
});

test("half a person is refused on the screen, in words", () => {
  const measured = some((c) => c.measurements.some((row) => row.whole));
  const name = measured.measurements[0]!.code;
  const field = card(measured.code).querySelector<HTMLInputElement>(`#m-${measured.code}-${name}`)!;
  expect(field.getAttribute("inputmode")).toBe("numeric");
  field.value = "12,5";
  field.dispatchEvent(new Event("input"));
  field.dispatchEvent(new Event("blur"));
  draw();
  expect(field.value).toBe("12,5");
  expect(card(measured.code).querySelector(`#f-m-${measured.code}-${name}`)?.textContent).toContain("عدداً صحيحاً");
});

test.each([true, false])("a photograph is withdrawn with a reason; where somebody can be recognised it is erased (%s)", async (seen) => {
  HTMLDialogElement.prototype.showModal ??= () => undefined;
  const [first, second] = ctx.store.order as [string, string];
  const photo = (id: number, criterion: string) => ({ id, op_id: `p${id}`, criterion, url: "/p", thumb_url: "/t", caption: "" });
  const withdraw = vi.fn(async () => undefined);
  ctx.photos = new PhotoBox({ withdraw, pack: async () => ({ photos: {} }) } as never, () => undefined);
  ctx.photos.kept = { [first]: [photo(1, first)], [second]: [photo(2, second)] }; // the same picture twice
  ctx.screen.withdrawing = ctx.photos.kept[first]![0]!;
  draw();
  const form = box.querySelector<HTMLFormElement>("#withdraw-dialog form")!;
  form.querySelector<HTMLTextAreaElement>("[name=reason]")!.value = "a face";
  form.querySelector<HTMLInputElement>("[name=identity]")!.checked = seen;
  form.dispatchEvent(new SubmitEvent("submit", { cancelable: true, bubbles: true }));
  await vi.advanceTimersByTimeAsync(0);
  expect(withdraw).toHaveBeenCalledWith(1, "a face", seen);
  expect(ctx.photos.kept[first] ?? []).toEqual([]);
  expect((ctx.photos.kept[second] ?? []).length).toBe(seen ? 0 : 1);
});

test("a note can be dictated: the keyboard knows its language, and nothing that arrives meanwhile touches the field", () => {
  const code = ctx.store.order[0]!;
  const field = (): HTMLTextAreaElement => card(code).querySelector<HTMLTextAreaElement>("textarea")!;
  expect([field().lang, field().getAttribute("autocapitalize"), field().dir]).toEqual(["ar-MA", "sentences", "auto"]);
  field().value = "مخرج الطوارئ ";
  field().dispatchEvent(new Event("input"));
  draw();
  ctx.store.entries[code] = { ...ctx.store.entry(code), note: "من الخادم", dirty: false };
  draw();
  expect(field().value).toBe("مخرج الطوارئ "); // the space that the next word needs, too
  field().dispatchEvent(new Event("blur"));
  draw();
  expect(field().value).toBe("من الخادم");
});
