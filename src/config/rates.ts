/** Checks exchange rates: between two currencies, one per day and pair. */
import { currencyCode } from './check.ts';
import type { Part, Said } from './draft.ts';
import { found, mismatch } from './problem.ts';
import type { Place } from './repeated.ts';
import type { Finding } from './shape.ts';

export function checkRates(root: Part, place: Place): Finding[] {
  const seen = new Map<string, Said>();
  return root.list('fx').flatMap((rate) => {
    const [date, from, to] = [rate.said('date'), rate.said('from'), rate.said('to')];
    if (!date || !from || !to) return [];
    const pair = [currencyCode(from.text), currencyCode(to.text)];
    if (pair[0] === pair[1])
      return [
        { path: to.path, message: mismatch(to.text, `another currency than from (${found(from.text)})`) },
      ];
    const key = JSON.stringify([date.text, ...pair]);
    const before = seen.get(key);
    if (!before) {
      seen.set(key, date);
      return [];
    }
    return [
      {
        path: date.path,
        message: `found a second rate from ${pair.join(' to ')} on ${date.text} (the first is ${place(before.path)}), expected one`,
      },
    ];
  });
}
