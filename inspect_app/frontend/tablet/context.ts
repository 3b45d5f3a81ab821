/** What every part of the view is given: the state, and the deeds of the page. */
import type { PhotoBox } from "./photos";
import type { Screen } from "./screen";
import type { Store } from "./store";

export interface Addresses {
  file: string;
  signIn: string;
  icons: string;
}

export interface Context {
  store: Store;
  screen: Screen;
  photos: PhotoBox;
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
