/** All that the tablet says outside of a visit, and of where records are. Each language fills every line. */
export interface Words {
  title: string;
  starting: string;
  notPossible: string;
  // people and PIN
  welcome: string;
  welcomeText: string;
  signIn: string;
  noLineFirst: string;
  again: string;
  notInspector: string;
  choosePin(name: string): string;
  pinText: string;
  pin: string;
  pinAgain: string;
  pinShort: string;
  pinDiffers: string;
  pinSave: string;
  who: string;
  unlock: string;
  pinWrong: string;
  pinWait(seconds: number): string;
  otherPerson: string;
  expired(days: number): string;
  lock: string;
  // visits
  visits: string;
  noVisits: string;
  plannedOn(date: string): string;
  states: Record<string, string>;
  take: string;
  taking: string;
  refresh: string;
  open: string;
  remove: string;
  removeAsk: string;
  removeFirst: string;
  declareFirst: string;
  declare: string;
  onDevice(size: string, when: string): string;
  notOnDevice: string;
  takeFailed: string;
  openElsewhere: string;
  noLongerAssigned: string;
  held(why: string): string;
  // where records are
  answers(n: number): string;
  photographs(n: number): string;
  here: string;
  sending: string;
  onServer: string;
  allOnServer: string;
  asideCount(n: number): string;
  lastContact(when: string): string;
  neverMet: string;
  offlineNow: string;
  retryIn(seconds: number): string;
  tryNow: string;
  signedOut: string;
  otherAccount: string;
  failed(why: string): string;
  deviceFull: string;
  deviceFault: string;
  room(used: string, all: string): string;
  notPersistent: string;
  // set aside, export, import
  aside: string;
  asideText: string;
  refusedBecause: string;
  exportUnsent: string;
  exportText: string;
  importFile: string;
  imported(n: number): string;
  importOther: string;
  importFault: string;
  revoked: string;
  // versions
  newVersion: string;
  useNewVersion: string;
  closeOthers: string;
  ending(here: number): string;
  endingAll: string;
}
