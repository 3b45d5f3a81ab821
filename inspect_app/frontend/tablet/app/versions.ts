/** A new version of the tablet waits until no visit is open in any window; then a person says when. */
export class Versions {
  private registration: ServiceWorkerRegistration | null = null;
  private taking = false;

  constructor(private readonly changed: () => void) {}

  async start(worker: string, scope: string): Promise<void> {
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (this.taking) location.reload();
    });
    try {
      this.registration = await navigator.serviceWorker.register(worker, { scope, updateViaCache: "none" });
    } catch {
      return; // the next start with a line tries again
    }
    this.registration.addEventListener("updatefound", () => {
      const coming = this.registration?.installing;
      coming?.addEventListener("statechange", () => this.changed());
    });
    this.changed();
  }

  get ready(): boolean {
    return Boolean(this.registration?.waiting && navigator.serviceWorker.controller);
  }

  /** Whether the tablet would open now without a network. */
  get installed(): boolean {
    return Boolean(this.registration?.active);
  }

  look(): void {
    void this.registration?.update().catch(() => undefined);
  }

  /** False where a visit is open in another window. */
  async takeOver(): Promise<boolean> {
    const { held = [] } = (await navigator.locks?.query()) ?? {};
    if (held.some((lock) => lock.name?.startsWith("miyar-visit-"))) return false;
    this.taking = true;
    this.registration?.waiting?.postMessage("take-over");
    return true;
  }
}

/** What `/tablet/` opens in when there is no network. */
export async function rememberLanguage(scope: string, language: string): Promise<void> {
  if (!("caches" in window)) return;
  await (await caches.open("miyar-tablet-language")).put(scope, new Response(language));
}
