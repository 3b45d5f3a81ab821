/** Forms around the PIN: one deed at a time, its fault at the field, digits of any keyboard. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";

import type { Holder } from "../device/database";
import type { Holders, Unlocking } from "../device/holders";
import { SHORTEST_PIN } from "../device/seal";
import { icon } from "../view/parts";
import { tell } from "./words/index";

const western = (typed: string): string => typed.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

/** What a form says after its deed, and whether it is still at it. */
export class Asking {
  fault = "";
  busy = false;

  constructor(
    readonly name: string,
    private readonly changed: () => void,
  ) {}

  /** The deed gives a fault to say, or nothing. */
  submitting(deed: (typed: (name: string) => string) => Promise<string>) {
    return async (event: SubmitEvent): Promise<void> => {
      event.preventDefault();
      if (this.busy) return;
      const form = event.target as HTMLFormElement;
      const data = new FormData(form);
      this.busy = true;
      this.changed();
      try {
        this.fault = await deed((name) => western(String(data.get(name) ?? "")));
        if (!this.fault) form.reset();
      } finally {
        this.busy = false;
        this.changed();
      }
    };
  }

  field(name: string, label: string, autocomplete: "new-password" | "current-password" | "off"): TemplateResult {
    const secret = autocomplete !== "off";
    return html`<div><label class="form-label" for=${name}>${label}</label>
      <input class="form-control" id=${name} name=${name} type=${secret ? "password" : "text"} inputmode=${secret ? "numeric" : nothing} dir=${secret ? "ltr" : "auto"}
        required autocomplete=${autocomplete} autocapitalize="off" maxlength="64" aria-describedby=${this.fault ? `${this.name}-fault` : nothing} /></div>`;
  }

  line(): TemplateResult | typeof nothing {
    return this.fault ? html`<p class="fault" id="${this.name}-fault" role="alert">${icon("alert")} ${this.fault}</p>` : nothing;
  }
}

/** What is wrong with a new PIN typed twice; nothing where it will do. */
export function faultOf(pin: string, again: string): string {
  if (pin.length < SHORTEST_PIN) return tell.pinShort;
  return pin === again ? "" : tell.pinDiffers;
}

/** Why a PIN did not open. */
export function refusal(found: Exclude<Unlocking, { kind: "open" }>, days: number): string {
  switch (found.kind) {
    case "wrong":
      return tell.pinWrong;
    case "pause":
      return tell.pinWait(Math.ceil((found.until - Date.now()) / 1000));
    case "expired":
      return tell.expired(days);
  }
}

/** Another PIN for the same records. */
export class PinChange {
  private readonly asking: Asking;
  private done = false;

  constructor(
    private readonly holder: Holder,
    private readonly holders: Holders,
    changed: () => void,
  ) {
    this.asking = new Asking("own-pin", changed);
  }

  view(): TemplateResult {
    const { asking } = this;
    const submit = asking.submitting(async (typed) => {
      this.done = false;
      const pin = typed("pin-new");
      const fault = faultOf(pin, typed("pin-new-again"));
      if (fault) return fault;
      const found = await this.holders.changePin(this.holder, typed("pin-now"), pin);
      if (found.kind !== "open") return refusal(found, this.holder.days);
      this.done = true;
      return "";
    });
    return html`<details class="fold change-pin"><summary>${icon("lock")} ${tell.changePin}</summary>
      <form class="narrow" @submit=${submit} data-many>
        ${asking.field("pin-now", tell.pinNow, "current-password")} ${asking.field("pin-new", tell.pinNew, "new-password")}
        ${asking.field("pin-new-again", tell.pinAgain, "new-password")} ${asking.line()}
        ${this.done ? html`<p role="status">${icon("check")} ${tell.pinChanged}</p>` : nothing}
        <p class="actions"><button class="btn btn-primary" ?disabled=${asking.busy}>${tell.changePin}</button></p>
      </form></details>`;
  }
}

/** Everything of a person goes from the device: at once where the server has it all, else after typing a word. */
export class Removal {
  private readonly asking: Asking;
  private unsent: number | null = null;

  constructor(
    private readonly holder: Holder,
    private readonly holders: Holders,
    private readonly changed: () => void,
    private readonly remove: () => Promise<void>,
  ) {
    this.asking = new Asking("removal", changed);
  }

  async look(): Promise<void> {
    this.unsent = await this.holders.unsent(this.holder.account);
    this.changed();
  }

  /** Warning and form; what leads here stands around it. */
  view(): TemplateResult | typeof nothing {
    const { asking, unsent } = this;
    if (unsent === null) return nothing;
    const submit = asking.submitting(async (typed) => {
      await this.look();
      if ((this.unsent ?? 0) > 0 && typed("removal-word").trim().toLowerCase() !== tell.removeWord.toLowerCase()) return tell.removeDiffers;
      await this.remove();
      return "";
    });
    return html`<form class="narrow removal" @submit=${submit} data-many data-unsent=${unsent}>
      ${unsent > 0
        ? html`<p class="alert alert-danger">${icon("alert")} ${tell.unsentLost(unsent)}</p>${asking.field("removal-word", tell.typeToRemove(tell.removeWord), "off")}`
        : html`<p>${icon("saved")} ${tell.nothingUnsent}</p>`}
      ${asking.line()}
      <p class="actions"><button class="btn btn-danger" ?disabled=${asking.busy}>${icon("trash")}${tell.removeMe}</button></p>
    </form>`;
  }
}
