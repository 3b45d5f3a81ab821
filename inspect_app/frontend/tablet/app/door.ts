/** Who is it? The first time with the server and a new PIN; afterwards with the PIN alone. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";

import { Problem } from "../api";
import type { Holder } from "../device/database";
import type { Holders } from "../device/holders";
import { type Key, SHORTEST_PIN } from "../device/seal";
import { type Contact, Server } from "../device/server";
import { icon } from "../view/parts";
import { tell } from "./words/index";

type Step = { kind: "who" } | { kind: "pin"; holder: Holder } | { kind: "meeting" } | { kind: "stranger"; why: string } | { kind: "new"; contact: Contact };

const western = (typed: string): string => typed.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

export class Door {
  step: Step = { kind: "who" };
  fault = "";
  private busy = false;
  private known: Holder[] = [];

  constructor(
    private readonly holders: Holders,
    private readonly signIn: string,
    private readonly changed: () => void,
    private readonly opened: (holder: Holder, key: Key) => void,
  ) {}

  async start(): Promise<void> {
    this.known = await this.holders.all();
    const only = this.known.length === 1 ? this.known[0] : undefined;
    if (only) this.step = { kind: "pin", holder: only };
    else if (this.known.length === 0) await this.meet();
    this.changed();
  }

  /** Who is signed in with the server? */
  async meet(): Promise<void> {
    this.step = { kind: "meeting" };
    this.changed();
    try {
      const contact = await new Server().contact();
      const known = this.known.find((holder) => holder.account === contact.account.id);
      if (known) {
        await this.holders.met(known.account, contact.account.name, contact.days_offline);
        this.known = await this.holders.all();
        this.step = { kind: "pin", holder: this.known.find((holder) => holder.account === known.account) ?? known };
      } else this.step = { kind: "new", contact };
    } catch (error) {
      const status = error instanceof Problem ? error.status : 0;
      this.step = { kind: "stranger", why: status === 401 ? "" : status === 403 ? tell.notInspector : tell.noLineFirst };
    }
    this.changed();
  }

  view(): TemplateResult {
    return html`<div class="at-door">${this.inside()}</div>`;
  }

  private inside(): TemplateResult {
    const { step } = this;
    switch (step.kind) {
      case "meeting":
        return html`<h1 class="h2">${tell.welcome}</h1><p role="status">${tell.starting}</p>`;
      case "stranger":
        return html`<h1 class="h2">${tell.welcome}</h1>
          <p>${tell.welcomeText}</p>
          ${step.why ? html`<p class="fault" role="alert">${icon("alert")} ${step.why}</p>` : nothing}
          <p class="actions"><a class="btn btn-primary" href=${this.signIn}>${tell.signIn}</a>
            <button type="button" class="btn btn-outline-primary" @click=${() => void this.meet()}>${tell.again}</button>${this.others()}</p>`;
      case "new":
        return this.choose(step.contact);
      case "pin":
        return this.ask(step.holder);
      case "who":
        return html`<h1 class="h2">${tell.who}</h1>
          <p class="actions">${this.known.map(
            (holder) => html`<button type="button" class="btn btn-outline-primary holder" @click=${() => this.go({ kind: "pin", holder })}>${icon("account")}<bdi>${holder.name}</bdi></button>`,
          )}</p>
          <p><button type="button" class="btn btn-link" @click=${() => void this.meet()}>${tell.otherPerson}</button></p>`;
    }
  }

  private others(): TemplateResult | typeof nothing {
    return this.known.length > 0
      ? html`<button type="button" class="btn btn-link" @click=${() => this.go({ kind: "who" })}>${tell.who}</button>`
      : nothing;
  }

  private go(step: Step): void {
    this.step = step;
    this.fault = "";
    this.changed();
  }

  private field(name: string, label: string, autocomplete: "new-password" | "current-password"): TemplateResult {
    return html`<div><label class="form-label" for=${name}>${label}</label>
      <input class="form-control" id=${name} name=${name} type="password" inputmode="numeric" dir="ltr" required autocomplete=${autocomplete} maxlength="64" aria-describedby=${this.fault ? "pin-fault" : nothing} /></div>`;
  }

  private faultLine(): TemplateResult | typeof nothing {
    return this.fault ? html`<p class="fault" id="pin-fault" role="alert">${icon("alert")} ${this.fault}</p>` : nothing;
  }

  private choose(contact: Contact): TemplateResult {
    const submit = this.submitting(async (typed) => {
      const [pin = "", again = ""] = [typed("pin"), typed("pin-again")];
      if (pin.length < SHORTEST_PIN) return tell.pinShort;
      if (pin !== again) return tell.pinDiffers;
      const { holder, key } = await this.holders.add(contact.account, pin, contact.days_offline);
      this.opened(holder, key);
      return "";
    });
    return html`<form @submit=${submit}>
      <h1 class="h2">${tell.choosePin(contact.account.name)}</h1>
      <p class="mb-0">${tell.pinText}</p>
      ${this.field("pin", tell.pin, "new-password")} ${this.field("pin-again", tell.pinAgain, "new-password")} ${this.faultLine()}
      <p class="actions"><button class="btn btn-primary" ?disabled=${this.busy}>${icon("lock")}${tell.pinSave}</button>${this.others()}</p>
    </form>`;
  }

  private ask(holder: Holder): TemplateResult {
    const submit = this.submitting(async (typed) => {
      const found = await this.holders.unlock(holder, typed("pin"));
      switch (found.kind) {
        case "open":
          this.opened(holder, found.key);
          return "";
        case "wrong":
          return tell.pinWrong;
        case "pause":
          return tell.pinWait(Math.ceil((found.until - Date.now()) / 1000));
        case "expired":
          return tell.expired(holder.days);
      }
    });
    const expired = this.holders.isExpired(holder);
    return html`<form @submit=${submit}>
      <h1 class="h2"><bdi>${holder.name}</bdi></h1>
      ${expired
        ? html`<p class="alert alert-warning">${icon("lock")} ${tell.expired(holder.days)}</p>
            <p class="actions"><a class="btn btn-primary" href=${this.signIn}>${tell.signIn}</a>
              <button type="button" class="btn btn-outline-primary" @click=${() => void this.meet()}>${tell.again}</button></p>`
        : html`${this.field("pin", tell.pin, "current-password")} ${this.faultLine()}
            <p class="actions"><button class="btn btn-primary" ?disabled=${this.busy}>${tell.unlock}</button>
              <button type="button" class="btn btn-link" @click=${() => (this.known.length > 1 ? this.go({ kind: "who" }) : void this.meet())}>${tell.otherPerson}</button></p>`}
    </form>`;
  }

  private submitting(deed: (typed: (name: string) => string) => Promise<string>) {
    return async (event: SubmitEvent): Promise<void> => {
      event.preventDefault();
      if (this.busy) return;
      const data = new FormData(event.target as HTMLFormElement);
      this.busy = true;
      this.changed();
      try {
        this.fault = await deed((name) => western(String(data.get(name) ?? "")));
      } finally {
        this.busy = false;
        this.changed();
      }
    };
  }
}
