/** Which price holds for a model on a day: one's own before the table's. */
import type { Day } from '../../core/day.ts';
import type { TokenPrice } from '../../core/settings.ts';
import { foldValue } from '../allocate/fold.ts';
import { matchesGlob } from '../allocate/glob.ts';
import { PRICES } from './prices.ts';

export type FindPrice = (provider: string, model: string, day: Day) => TokenPrice | undefined;

/**
 * Makes the look-up. Of the prices whose provider and model match and that hold on the day, one's own come first; among
 * those the longest model pattern decides (a "*" counts for nothing), then the latest `from`. Undefined: no price is
 * known, which is told to the reader and never counted as zero.
 *
 * Example: with "gpt-4o*" and "gpt-4o-mini*", a "gpt-4o-mini-2024-07-18" has the price of "gpt-4o-mini*".
 */
export function createFindPrice(
  own: readonly TokenPrice[],
  table: readonly TokenPrice[] = PRICES,
): FindPrice {
  const found = new Map<string, TokenPrice[]>();
  const pricesOf = (provider: string, model: string) => {
    const key = JSON.stringify([provider, model]);
    const known = found.get(key);
    if (known) return known;
    const matching = [own, table].flatMap((prices) =>
      prices
        .filter((price) => foldValue(price.provider) === foldValue(provider))
        .filter((price) => matchesGlob(price.model, model))
        .sort((a, b) => lengthOf(b) - lengthOf(a) || (a.from < b.from ? 1 : -1)),
    );
    found.set(key, matching);
    return matching;
  };
  return (provider, model, day) => pricesOf(provider, model).find((price) => price.from <= day);
}

function lengthOf({ model }: TokenPrice): number {
  return model.replaceAll('*', '').length;
}
