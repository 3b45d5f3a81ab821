/** What stands in a field while somebody types or dictates: nothing that arrives meanwhile touches it. Of one open visit. */
import type { Store } from "../store";

const fields = new WeakMap<Store, Map<string, string>>();

export function typing(store: Store): Map<string, string> {
  const known = fields.get(store) ?? new Map<string, string>();
  fields.set(store, known);
  return known;
}
