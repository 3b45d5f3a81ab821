/** What the person is looking at: domain, filter, search, open dialogs. Kept apart from what was answered. */
import { criteriaOf, nextUnanswered, passes } from "./progress";
import type { Filter } from "./progress";
import { found, haystack } from "./search";
import type { Store } from "./store";
import type { Criterion, Domain, Photo, Sources } from "./types";

export class Screen {
  domain: string;
  filter: Filter = "all";
  query = "";
  domainsOpen = false;
  finishing = false;
  withdrawing: Photo | null = null;
  withdrawFault = "";
  sources: Sources | null = null;
  /** criterion that was answered or looked at last: «next» goes on from there */
  last: string | null = null;
  /** Codes that the filter let through when it was set: what is answered then does not jump away from under the finger. */
  private shown: ReadonlySet<string> = new Set();
  private readonly hay: ReadonlyMap<string, string>;

  constructor(
    private readonly store: Store,
    private readonly memory: string,
  ) {
    const domains = store.pack.checklist.domains;
    const kept = sessionStorage.getItem(memory);
    this.domain = domains.some((domain) => domain.code === kept) ? (kept as string) : (domains[0]?.code ?? "");
    this.hay = new Map([...store.criteria.values()].map((criterion) => [criterion.code, haystack(criterion)]));
    this.find(this.filter, this.query);
  }

  get domains(): readonly Domain[] {
    return this.store.pack.checklist.domains;
  }

  get current(): Domain | undefined {
    return this.domains.find((domain) => domain.code === this.domain);
  }

  get narrowed(): boolean {
    return this.filter !== "all" || this.query.trim() !== "";
  }

  isShown(criterion: Criterion): boolean {
    return this.shown.has(criterion.code);
  }

  shownIn(domain: Domain): number {
    return criteriaOf(domain).filter((criterion) => this.isShown(criterion)).length;
  }

  open(domain: string): void {
    this.domain = domain;
    this.domainsOpen = false;
    sessionStorage.setItem(this.memory, domain);
    this.find(this.filter, this.query);
  }

  /** Apply filter and search to the whole checklist; where this domain has nothing to show, go to the first that has. */
  find(filter: Filter, query: string): void {
    this.filter = filter;
    this.query = query;
    const { criteria, findings } = this.store;
    const kept = [...criteria.values()].filter(
      (criterion) =>
        passes(filter, criterion, findings) && found(this.hay.get(criterion.code) ?? "", query),
    );
    this.shown = new Set(kept.map((criterion) => criterion.code));
    const here = this.current;
    if (here && this.shownIn(here) === 0) {
      const other = this.domains.find((domain) => this.shownIn(domain) > 0);
      if (other) this.domain = other.code;
    }
  }

  /** The neighbour of this domain; undefined at the ends. */
  neighbour(step: 1 | -1): Domain | undefined {
    const place = this.domains.findIndex((domain) => domain.code === this.domain);
    return this.domains[place + step];
  }

  /** Where «next unanswered» leads: onward from the last touched criterion, or from the top of this domain. */
  next(): string | null {
    const here = this.current ? criteriaOf(this.current).map((criterion) => criterion.code) : [];
    const first = here[0];
    const last = this.last !== null && here.includes(this.last) ? this.last : null;
    if (last === null && first !== undefined) {
      const order = this.store.order;
      const before = order[order.indexOf(first) - 1] ?? null;
      return nextUnanswered(order, this.store.entries, before);
    }
    return nextUnanswered(this.store.order, this.store.entries, last);
  }

  domainOf(code: string): string | undefined {
    return this.domains.find((domain) => criteriaOf(domain).some((criterion) => criterion.code === code))?.code;
  }
}
