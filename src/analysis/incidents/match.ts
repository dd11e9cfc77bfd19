/** Which incident of today is which of those that are known: it keeps its number while it goes on. */
import { addDays, dayToMs } from '../../core/day.ts';
import type { ScopePath } from '../../core/scope-path.ts';
import { dayOfStamp } from '../../core/series.ts';
import { AGAIN_WITHIN_DAYS } from './again.ts';

export interface Spanned {
  readonly path: ScopePath;
  readonly direction: string;
  readonly detector: string;
  /** Days, or hours of days. */
  readonly firstStamp: string;
  readonly lastStamp: string;
}

/** At a place above or below, the days must touch. */
const TOUCHING_DAYS = 0;

export interface Matched<K, F> {
  /** What is found, and the known incident that it continues. */
  readonly pairs: readonly { readonly known: K; readonly found: F }[];
  readonly fresh: readonly F[];
  /** Known ones that nothing found continues; `into`: the found one that tells them too. */
  readonly gone: readonly { readonly known: K; readonly into?: F }[];
}

/**
 * Pairs each found incident with at most one known: the same place before a place above or below it, more shared
 * days before fewer, the older known one before a younger. Known ones are to be given oldest first.
 */
export function matchIncidents<K extends Spanned, F extends Spanned>(
  known: readonly K[],
  found: readonly F[],
): Matched<K, F> {
  const candidates = known.flatMap((one) =>
    found.flatMap((other) => {
      const closeness = closenessOf(one, other);
      return closeness === undefined ? [] : [{ known: one, found: other, closeness }];
    }),
  );
  candidates.sort((a, b) => b.closeness - a.closeness);
  const takenKnown = new Set<K>();
  const takenFound = new Map<F, K>();
  const pairs: { known: K; found: F }[] = [];
  for (const { known: one, found: other } of candidates) {
    if (takenKnown.has(one) || takenFound.has(other)) continue;
    takenKnown.add(one);
    takenFound.set(other, one);
    pairs.push({ known: one, found: other });
  }
  const gone = known
    .filter((one) => !takenKnown.has(one))
    .map((one) => {
      const into = candidates.find((candidate) => candidate.known === one)?.found;
      return { known: one, ...(into && { into }) };
    });
  return { pairs, fresh: found.filter((one) => !takenFound.has(one)), gone };
}

/** How likely both are one, larger is likelier; undefined when they are not. */
function closenessOf(known: Spanned, found: Spanned): number | undefined {
  if (known.direction !== found.direction) return undefined;
  if ((known.detector === 'drift') !== (found.detector === 'drift')) return undefined;
  const apart = Math.abs(known.path.length - found.path.length);
  if (!isAlong(known.path, found.path)) return undefined;
  const [first, last] = [dayOfStamp(known.firstStamp), dayOfStamp(known.lastStamp)];
  const reach = apart === 0 ? AGAIN_WITHIN_DAYS : TOUCHING_DAYS;
  const [from, to] = [dayOfStamp(found.firstStamp), dayOfStamp(found.lastStamp)];
  if (from > addDays(last, reach + 1) || to < addDays(first, -1)) return undefined;
  const shared = (dayToMs(last < to ? last : to) - dayToMs(first > from ? first : from)) / 86_400_000;
  return -1000 * apart + shared;
}

/** Whether one place is the other, or lies below it. */
function isAlong(a: ScopePath, b: ScopePath): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if ((short[0] === '') !== (long[0] === '')) return false;
  return short.every((value, index) => value === long[index]);
}
