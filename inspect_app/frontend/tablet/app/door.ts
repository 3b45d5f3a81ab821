/** Who is it? The first time with the server and a new PIN; afterwards with the PIN alone. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";

import { Problem } from "../api";
import type { Holder } from "../device/database";
import type { Holders } from "../device/holders";
import type { Key } from "../device/seal";
import { type Contact, Server } from "../device/server";
import { icon } from "../view/parts";
import { Asking, faultOf, refusal, Removal } from "./pin";
import { tell } from "./words/index";

type Step = { kind: "who" } | { kind: "pin"; holder: Holder } | { kind: "meeting" } | { kind: "stranger"; why: string } | { kind: "new"; contact: Contact } | { kind: "forgotten"; holder: Holder; removal: Removal };

export class Door {
  step: Step = { kind: "who" };
  private readonly asking: Asking;
  private said = "";
  private known: Holder[] = [];

  constructor(
    private readonly holders: Holders,
    private readonly signIn: string,
    private readonly changed: () => void,
    private readonly opened: (holder: Holder, key: Key) => void,
  ) {
    this.asking = new Asking("pin", changed);
  }

  async start(): Promise<void> {
    this.known = await this.holders.all();
    const only = this.known.length === 1 ? this.known[0] : undefined;
    if (only) this.step = { kind: "pin", holder: only };
    else if (this.known.length === 0) await this.meet();
    else this.step = { kind: "who" };
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
    return html`<div class="at-door">${this.said ? html`<p class="alert alert-info" role="status">${this.said}</p>` : nothing}${this.inside()}</div>`;
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
      case "forgotten":
        return html`<h1 class="h2">${tell.forgotten}</h1><p><bdi>${step.holder.name}</bdi></p>
          <p>${tell.forgottenText}</p> ${step.removal.view()}
          <p><button type="button" class="btn btn-outline-primary" @click=${() => this.go({ kind: "pin", holder: step.holder })}>${tell.backToPin}</button></p>`;
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
    this.asking.fault = this.said = "";
    this.changed();
  }

  private forget(holder: Holder): void {
    const removal = new Removal(holder, this.holders, this.changed, async () => {
      await this.holders.wipe(holder.account);
      this.known = [];
      await this.start();
      this.said = tell.removed;
    });
    this.go({ kind: "forgotten", holder, removal });
    void removal.look();
  }

  private choose(contact: Contact): TemplateResult {
    const { asking } = this;
    const submit = asking.submitting(async (typed) => {
      const pin = typed("pin");
      const fault = faultOf(pin, typed("pin-again"));
      if (fault) return fault;
      const { holder, key } = await this.holders.add(contact.account, pin, contact.days_offline);
      this.opened(holder, key);
      return "";
    });
    return html`<form @submit=${submit}>
      <h1 class="h2">${tell.choosePin(contact.account.name)}</h1>
      <p class="mb-0">${tell.pinText}</p>
      ${asking.field("pin", tell.pin, "new-password")} ${asking.field("pin-again", tell.pinAgain, "new-password")} ${asking.line()}
      <p class="actions"><button class="btn btn-primary" ?disabled=${asking.busy}>${icon("lock")}${tell.pinSave}</button>${this.others()}</p>
    </form>`;
  }

  private ask(holder: Holder): TemplateResult {
    const { asking } = this;
    const submit = asking.submitting(async (typed) => {
      const found = await this.holders.unlock(holder, typed("pin"));
      if (found.kind !== "open") return refusal(found, holder.days);
      this.said = "";
      this.opened(holder, found.key);
      return "";
    });
    const expired = this.holders.isExpired(holder);
    return html`<form @submit=${submit}>
      <h1 class="h2"><bdi>${holder.name}</bdi></h1>
      ${expired
        ? html`<p class="alert alert-warning">${icon("lock")} ${tell.expired(holder.days)}</p>
            <p class="actions"><a class="btn btn-primary" href=${this.signIn}>${tell.signIn}</a>
              <button type="button" class="btn btn-outline-primary" @click=${() => void this.meet()}>${tell.again}</button></p>`
        : html`${asking.field("pin", tell.pin, "current-password")} ${asking.line()}
            <p class="actions"><button class="btn btn-primary" ?disabled=${asking.busy}>${tell.unlock}</button>
              <button type="button" class="btn btn-link" @click=${() => (this.known.length > 1 ? this.go({ kind: "who" }) : void this.meet())}>${tell.otherPerson}</button>
              <button type="button" class="btn btn-link forgotten" @click=${() => this.forget(holder)}>${tell.forgot}</button></p>`}
    </form>`;
  }
}
