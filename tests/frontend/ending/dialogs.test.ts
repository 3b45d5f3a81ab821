import { nothing } from "lit-html";
import { beforeEach, expect, test } from "vitest";

import { NoLine } from "../../../inspect_app/frontend/tablet/api";
import type { SheetRecord, SignatureRecord } from "../../../inspect_app/frontend/tablet/device/papers";
import type { GivenReceipt } from "../../../inspect_app/frontend/tablet/device/server";
import { pathOf } from "../../../inspect_app/frontend/tablet/ending/pad";
import { type KeptReceipt, openReceipt } from "../../../inspect_app/frontend/tablet/ending/receipt-dialog";
import { openSheet } from "../../../inspect_app/frontend/tablet/ending/sheet-dialog";
import { openSign } from "../../../inspect_app/frontend/tablet/ending/sign-dialog";
import type { Receipt } from "../../../inspect_app/frontend/tablet/receipt";
import type { Criterion } from "../../../inspect_app/frontend/tablet/types";
import { sheet } from "../device/room";

const CRITERION = { code: "A-1", title: { ar: "مخرج النجدة" } } as Criterion;
const OWN: Receipt = { answers: 3, photographs: 1, digest: "a".repeat(64), code: "MIYAR-R1/V-1/3/1/a" };
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
const at = <T extends HTMLElement>(selector: string): T => document.querySelector<T>(`dialog ${selector}`)!;
const type = (selector: string, value: string): void => {
  at<HTMLInputElement>(selector).value = value;
  at(selector).dispatchEvent(new Event("input", { bubbles: true }));
};
const submit = async (): Promise<void> => {
  at("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await settle();
};
const check = (selector: string): void => {
  at<HTMLInputElement>(selector).checked = true;
  at(selector).dispatchEvent(new Event("change", { bubbles: true }));
};

beforeEach(() => {
  document.body.replaceChildren();
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
    this.dispatchEvent(new Event("close"));
  };
});

test("a sheet says what is missing at its field, keeps every letter, and is written once", async () => {
  const written: SheetRecord[] = [];
  const drafts: string[] = [];
  openSheet({ criterion: CRITERION, before: null, seenAt: "2026-11-24T09:00:00.000Z", draft: {}, keep: (draft) => drafts.push(draft.seen ?? ""), write: async (record) => void written.push(record) });
  await submit();
  expect(document.querySelectorAll("dialog .invalid-feedback")).toHaveLength(3);
  type("#sheet-seen", "  باب مقفل\u202e ");
  check("#sheet-danger-yes");
  at<HTMLSelectElement>("#sheet-told").value = "director";
  at("#sheet-told").dispatchEvent(new Event("change"));
  await submit();
  expect(document.querySelectorAll("dialog .invalid-feedback")).toHaveLength(1); // in danger: what was done
  expect(drafts[0]).toContain("باب مقفل");
  type("#sheet-measure", "فُتح");
  await submit();
  expect(written).toHaveLength(1);
  expect(written[0]).toMatchObject({ criterion: "A-1", seen: "باب مقفل", danger: true, measure: "فُتح", told: "director", seen_at: "2026-11-24T09:00:00.000Z", base_op_id: null });
  expect(document.querySelector("dialog")).toBeNull();
});

test("a sheet that completes another begins with what it says and names it", async () => {
  const before = sheet("A-1", { phoned_at: "2026-11-24T10:00:00.000Z" });
  const written: SheetRecord[] = [];
  openSheet({ criterion: CRITERION, before, seenAt: "", draft: {}, keep: () => undefined, write: async (record) => void written.push(record) });
  expect(at<HTMLTextAreaElement>("#sheet-seen").value).toBe(before.seen);
  await submit();
  expect(written[0]).toMatchObject({ base_op_id: before.op_id, phoned_at: before.phoned_at, seen: before.seen });
  expect(written[0]?.op_id).not.toBe(before.op_id);
});

async function signing(open: string[] = [], drafts = false): Promise<SignatureRecord[]> {
  const written: SignatureRecord[] = [];
  await openSign({
    author: "أمينة",
    signatures: () => written.map((record) => ({ record, place: "here", mailed: [] })),
    record: async () => ({ receipt: OWN, open, drafts, unanswered: 2 }),
    write: async (record) => void written.push(record),
    goTo: () => undefined,
  });
  return written;
}

test("without drawing: name and «I sign»; what is signed are counts and digest of this moment", async () => {
  const written = await signing();
  await submit();
  expect(document.querySelector("#sign-pad-fault")).not.toBeNull();
  check("#sign-confirm");
  await submit();
  expect(written[0]).toMatchObject({ capacity: "member", deed: "typed", name: "أمينة", drawing: "", record_digest: OWN.digest, answers: 3, photographs: 1 });
  // the next is the director, whose name nobody knows yet
  expect(at<HTMLInputElement>("#sign-director").checked).toBe(true);
  expect(at<HTMLInputElement>("#sign-name").value).toBe("");
  expect(document.querySelectorAll("dialog .signed-one")).toHaveLength(1);
});

test("the director may refuse, with a reason; a member of the team may not", async () => {
  const written = await signing();
  expect(document.querySelector("#sign-refuses")).toBeNull();
  check("#sign-received");
  check("#sign-refuses");
  type("#sign-name", "سعيد");
  type("#sign-function", "حارس عام");
  await submit();
  expect(document.querySelector("#sign-reason-fault")).not.toBeNull();
  type("#sign-reason", "لا يوافق على ملاحظتين");
  await submit();
  expect(written[0]).toMatchObject({ capacity: "received", deed: "refused", reason: "لا يوافق على ملاحظتين", drawing: "" });
});

test("what is typed and no part of the record is completed before anybody signs", async () => {
  await signing(["A-1", "A-2"]);
  expect(document.querySelector("dialog form")).toBeNull();
  expect(document.querySelectorAll("dialog [role=alert] button")).toHaveLength(2);
  document.body.replaceChildren();
  await signing([], true);
  expect(document.querySelector("dialog form")).toBeNull();
});

test("lines of a signature are those of an SVG path; a touch without a way is none", () => {
  expect(pathOf([[[1, 2], [3, 4]], [], [[5, 6]]])).toBe("M1 2L3 4M5 6");
});

const GIVEN: GivenReceipt = { inspection: "u", reference: "V-1", counts: { answers: 3, photographs: 1 }, digest: OWN.digest, code: OWN.code, text: "…", qr: "data:image/svg+xml,", lines: [] };
let keptReceipt: KeptReceipt | null;
const receiving = (more: { here?: string; ask?: () => Promise<GivenReceipt>; own?: Receipt } = {}) =>
  openReceipt({
    reference: "V-1",
    institution: nothing,
    record: async () => ({ receipt: more.own ?? OWN, held: { answers: [], photographs: [], open: [] } }),
    here: () => more.here ?? "",
    aside: () => 0,
    ask: more.ask ?? (async () => GIVEN),
    refresh: async () => undefined,
    kept: async () => keptReceipt,
    keep: async (receipt) => void (keptReceipt = receipt),
  });

test("while something lies on this device alone the tablet says what, and gives no receipt", async () => {
  keptReceipt = null;
  await receiving({ here: "جوابان" });
  expect(at(".receipt-waits").textContent).toContain("جوابان");
  expect(document.querySelector(".ask-receipt")).toBeNull();
  expect(at(".receipt-own").textContent).toContain(OWN.digest);
});

test("the receipt is compared with what the device reckons, shown, and kept for when there is no line", async () => {
  keptReceipt = null;
  await receiving();
  at(".ask-receipt").click();
  await settle();
  expect(document.querySelector("[data-compared=same]")).not.toBeNull();
  expect((keptReceipt as KeptReceipt | null)?.given.code).toBe(OWN.code);
  document.body.replaceChildren();
  await receiving({ ask: () => Promise.reject(new NoLine()) });
  expect(at(".receipt-code").textContent).toBe(OWN.code);
});

test("another digest is told, and one that changed since, too", async () => {
  keptReceipt = null;
  const other = { ...GIVEN, digest: "b".repeat(64), lines: [["answer", "A-7", "x", 1, false, "", "", []]] };
  await receiving({ ask: async () => other });
  at(".ask-receipt").click();
  await settle();
  expect(at("[data-compared=differs]").textContent).toContain("A-7");
  document.body.replaceChildren();
  keptReceipt = { given: GIVEN, at: "2026-11-24T16:00:00Z", compared: { kind: "same" } };
  await receiving({ own: { ...OWN, digest: "c".repeat(64) } });
  expect(document.querySelectorAll("dialog .receipt-given > .fault")).toHaveLength(1);
});

test("no line: the tablet says so and keeps the receipt that it has", async () => {
  keptReceipt = { given: GIVEN, at: "2026-11-24T16:00:00Z", compared: { kind: "same" } };
  await receiving({ ask: () => Promise.reject(new NoLine()) });
  at(".ask-receipt").click();
  await settle();
  expect(at("[role=alert]").textContent).toContain("لا اتصال");
  expect(document.querySelector(".receipt-given")).not.toBeNull();
});
