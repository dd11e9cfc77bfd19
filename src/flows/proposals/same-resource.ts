/** One resource under several ids: bills write "i-0abc" here and an ARN there, and charge in two currencies. */
import type { NewItem, StoredItem } from '../../store/proposals.ts';

/** The same text for whatever is the same thing at its provider. */
export function identityOf({ ref, resourceId }: Pick<StoredItem, 'ref' | 'resourceId'>): string {
  if (!ref) return resourceId;
  const { provider, kind, account, parts } = ref;
  const named = Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([provider, kind, account, named]);
}

/** Each thing once, with what all its lines cost together; the others say under which id it is found. */
export function eachOnce(items: readonly NewItem[]): NewItem[] {
  const first = new Map<string, number>();
  const once: NewItem[] = [];
  for (const item of items) {
    const key = identityOf(item);
    const at = first.get(key);
    const known = at === undefined ? undefined : once[at];
    if (at === undefined || known === undefined) {
      first.set(key, once.length);
      once.push(item);
      continue;
    }
    once[at] = together(known, item);
    once.push({
      ...item,
      state: 'refused',
      said: `It is the same as ${known.resourceId.slice(0, 120)}, which is in this list already.`,
    });
  }
  return once;
}

/** What is unknown of one is unknown of both. */
function together(a: NewItem, b: NewItem): NewItem {
  const { costMicros: _cost, savingMicros: _saving, ...rest } = a;
  const state = a.state === 'skipped' && b.state === 'planned' ? 'planned' : a.state;
  return {
    ...rest,
    state,
    ...(a.costMicros !== undefined &&
      b.costMicros !== undefined && { costMicros: a.costMicros + b.costMicros }),
    ...(a.savingMicros !== undefined &&
      b.savingMicros !== undefined && { savingMicros: a.savingMicros + b.savingMicros }),
  };
}
