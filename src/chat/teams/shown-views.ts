/** What our newest messages show, and their keys: for whoever comes back to one, and for when one is rewritten. */
import type { View } from '../../view/elements.ts';
import { limits } from './limits.ts';

export interface ShownViews {
  /** Without a key, the message keeps the one it has. */
  keep(channel: string, id: string, view: View, key?: string): void;
  key(channel: string, id: string): string | undefined;
  /** Undefined when it is forgotten. */
  find(channel: string, id: string): View | undefined;
}

export function createShownViews(most: number = limits.keptViews): ShownViews {
  const kept = new Map<string, { readonly view: View; readonly key: string | undefined }>();
  // Ids are moments: two conversations can have the same, and neither may be shown in the other.
  const nameOf = (channel: string, id: string) => `${id} ${channel}`;
  return {
    key: (channel, id) => kept.get(nameOf(channel, id))?.key,
    keep(channel, id, view, key) {
      const name = nameOf(channel, id);
      const known = kept.get(name)?.key;
      kept.delete(name);
      kept.set(name, { view, key: key ?? known });
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
    find: (channel, id) => kept.get(nameOf(channel, id))?.view,
  };
}
