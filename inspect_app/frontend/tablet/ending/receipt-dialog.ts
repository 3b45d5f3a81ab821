/** The receipt on the tablet: asked for when everything is on the server, compared with what this device reckons, kept. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";

import { NoLine, Problem } from "../api";
import type { GivenReceipt } from "../device/server";
import type { Receipt } from "../receipt";
import { icon } from "../view/parts";
import { type Dialog, openDialog } from "./dialog";
import { type HeldRecord, differing } from "./record";
import { when, words } from "./words/index";

/** A receipt as it stays on the device. */
export interface KeptReceipt {
  given: GivenReceipt;
  at: string;
  /** same: this device reckons the same · differs: on these criteria (none named: in the counts) · blind: it cannot */
  compared: { kind: "same" } | { kind: "differs"; criteria: string[] } | { kind: "blind" };
}

export interface ReceiptParts {
  reference: string;
  institution: TemplateResult | typeof nothing;
  record(): Promise<{ receipt: Receipt; held: HeldRecord }>;
  /** what of this visit lies on this device alone, in words; empty where nothing does */
  here(): string;
  aside(): number;
  ask(): Promise<GivenReceipt>;
  refresh(): Promise<void>;
  kept(): Promise<KeptReceipt | null>;
  keep(receipt: KeptReceipt): Promise<void>;
}

export function compare(given: GivenReceipt, own: Receipt, held: HeldRecord): KeptReceipt["compared"] {
  const { answers, photographs } = given.counts;
  if (given.digest === own.digest && answers === own.answers && photographs === own.photographs && given.code === own.code) return { kind: "same" };
  if (!given.lines) return { kind: "blind" };
  return { kind: "differs", criteria: differing(held, given.lines) };
}

export async function openReceipt(parts: ReceiptParts): Promise<Dialog> {
  let { receipt: own, held } = await parts.record();
  let receipt = await parts.kept();
  let asking = false;
  let fault = "";
  let note = "";

  const ask = async (refresh = false): Promise<void> => {
    asking = true;
    fault = note = "";
    dialog.draw();
    try {
      if (refresh) await parts.refresh();
      ({ receipt: own, held } = await parts.record());
      const given = await parts.ask();
      receipt = { given, at: new Date().toISOString(), compared: compare(given, own, held) };
      await parts.keep(receipt);
    } catch (error) {
      fault = words.failed(error instanceof NoLine ? words.noLine : error instanceof Problem ? error.title || error.code : String(error));
    }
    asking = false;
    dialog.draw();
  };
  const save = (): void => {
    if (!receipt) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(receipt.given)], { type: "application/json" }));
    link.download = `${receipt.given.reference}-receipt.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  const share = async (given: GivenReceipt): Promise<void> => {
    const text = `${given.text}\n${given.code}`;
    if (navigator.share) await navigator.share({ title: words.receiptTitle, text }).catch(() => undefined);
    else {
      await navigator.clipboard?.writeText(text).catch(() => undefined);
      note = words.copied;
      dialog.draw();
    }
  };

  const comparison = ({ compared }: KeptReceipt): TemplateResult => {
    if (compared.kind === "same") return html`<p class="receipt-same" data-compared="same">${icon("check")} ${words.same}</p>`;
    if (compared.kind === "blind") return html`<p data-compared="blind">${icon("info")} ${words.differsBlind}</p>`;
    const what = compared.criteria.length > 0 ? compared.criteria.join(" · ") : `${words.answers}, ${words.photographs}`;
    return html`<p class="fault" role="alert" data-compared="differs">${icon("alert")} ${words.differs(what)}</p>
      <p class="d-print-none"><button type="button" class="btn btn-outline-primary" ?disabled=${asking} @click=${() => void ask(true)}>${icon("download")}${words.fetchAgain}</button></p>`;
  };
  const shown = (one: KeptReceipt): TemplateResult => {
    const { given } = one;
    return html`<section class="receipt-given" data-digest=${given.digest}>
      <p class="mb-1"><strong>${parts.institution}</strong> <bdi>${given.reference}</bdi></p>
      <p>${given.text}</p>
      <div class="receipt-figures">
        <img src=${given.qr} alt=${words.qr} width="220" height="220" />
        <dl><dt>${words.answers}</dt><dd class="number">${given.counts.answers}</dd><dt>${words.photographs}</dt><dd class="number">${given.counts.photographs}</dd>
          <dt>${words.digest}</dt><dd><code class="digest" dir="ltr">${given.digest}</code></dd></dl>
      </div>
      <p><code class="digest receipt-code" dir="ltr">${given.code}</code></p>
      <p class="muted">${words.givenAt(when(one.at))}</p>
      ${comparison(one)}
      ${given.digest === own.digest ? nothing : one.compared.kind === "same" ? html`<p class="fault">${icon("alert")} ${words.changedSinceReceipt}</p>` : nothing}
      <div class="dialog-actions d-print-none">
        <button type="button" class="btn btn-outline-secondary" @click=${() => window.print()}>${icon("print")}${words.print}</button>
        <button type="button" class="btn btn-outline-secondary" @click=${() => void share(given)}>${icon("send")}${"share" in navigator ? words.share : words.copy}</button>
        <button type="button" class="btn btn-outline-secondary" @click=${save}>${icon("download")}${words.saveFile}</button>
      </div>
    </section>`;
  };
  const mine = (): TemplateResult => html`<section class="receipt-own"><h3 class="h5">${words.onThisDevice}</h3>
    <dl><dt>${words.answers}</dt><dd class="number">${own.answers}</dd><dt>${words.photographs}</dt><dd class="number">${own.photographs}</dd>
      <dt>${words.digest}</dt><dd><code class="digest" dir="ltr">${own.digest}</code></dd></dl></section>`;

  const view = (): TemplateResult => {
    const here = parts.here();
    const aside = parts.aside();
    return html`<p class="d-print-none">${words.receiptText}</p>
      ${here ? html`<p class="alert alert-warning d-print-none receipt-waits">${icon("device")} ${words.stillHere(here)}</p>` : nothing}
      ${aside > 0 ? html`<p class="fault d-print-none">${icon("alert")} ${words.setAside(aside)}</p>` : nothing}
      ${receipt ? shown(receipt) : mine()}
      ${fault ? html`<p class="fault" role="alert">${icon("offline")} ${fault}</p>` : nothing} ${note ? html`<p role="status">${note}</p>` : nothing}
      ${here
        ? nothing
        : html`<div class="dialog-actions d-print-none"><button type="button" class="btn btn-primary ask-receipt" ?disabled=${asking} @click=${() => void ask()}>${icon("document")}${asking ? words.asking : words.ask}</button></div>`}`;
  };
  const dialog = openDialog("receipt", words.receiptTitle, view);
  return dialog;
}
