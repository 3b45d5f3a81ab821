/** What every part of the view is given: the state, and the deeds of the page. */
import type { TemplateResult } from "lit-html";

import type { Photographs } from "./photos";
import type { Screen } from "./screen";
import type { SaveStatus, Store } from "./store";

export interface Addresses {
  file: string;
  signIn: string;
  icons: string;
}

/** What the tablet that works offline shows in the place of the page that is always on the line. */
export interface OfflineParts {
  statusWords: Partial<Record<SaveStatus, string>>;
  /** the sign in the toolbar, always of the same size */
  sign(): TemplateResult;
  /** what a person must know or do, over the bar below; or nothing */
  strip(): unknown;
  /** what stands at the end of the visit, and the way out of it */
  ending(): TemplateResult;
  /** what is done at the end of the visit: critical findings, signatures, receipt */
  closing?(): unknown;
  /** what a criterion says besides: its critical finding */
  beside?(code: string): unknown;
  leave(): void;
}

export interface Context {
  store: Store;
  screen: Screen;
  photos: Photographs;
  offline?: OfflineParts;
  addresses: Addresses;
  /** whether there is room for the domains beside the criteria */
  wide(): boolean;
  /** draw again soon */
  changed(): void;
  /** open the domain of the criterion, scroll to it and put the focus there */
  goTo(code: string): void;
  openDomain(code: string): void;
  loadSources(): void;
}
