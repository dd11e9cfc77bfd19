/** What a quantity of tokens costs at a list price, exactly. */
import { divideRounded, parseDecimal } from '../../core/money.ts';
import type { TokenPrice } from '../../core/settings.ts';

/** Of prices per million tokens to 10^-18: 18 − 6. */
const SCALE = 12;

/**
 * quantity ÷ 1,000,000 × price of the meter × factor of the tier, in 10^-18 of the price's currency; rounded half away
 * from zero where prices have more than twelve decimals in all. Requests themselves cost nothing. Cached and
 * cache-write tokens whose price is not given cost what uncached input costs. Undefined: this meter or tier has no price.
 *
 * Example: 2,000,000 cached tokens at 1.25 per million in a batch (× 0.5) are 1.25 → 1_250_000_000_000_000_000n.
 */
export function priceUsage(
  usage: { readonly meter: string; readonly tier: string; readonly quantity: bigint },
  price: TokenPrice,
): bigint | undefined {
  if (usage.meter === 'requests' || usage.quantity === 0n) return 0n;
  const perMillion = priceOf(usage.meter, price);
  const factor = factorOf(usage.tier, price);
  if (perMillion === undefined || factor === undefined) return undefined;
  const [p, f] = [parseDecimal(perMillion), parseDecimal(factor)];
  return divideRounded(
    usage.quantity * p.digits * f.digits * 10n ** BigInt(SCALE),
    10n ** BigInt(p.scale + f.scale),
  );
}

function priceOf(meter: string, price: TokenPrice): string | undefined {
  switch (meter) {
    case 'uncached_input_tokens':
      return price.input;
    case 'cached_input_tokens':
      return price.cachedInput ?? price.input;
    case 'cache_write_tokens':
      return price.cacheWrite ?? price.input;
    case 'cache_write_1h_tokens':
      return price.cacheWrite1h ?? price.cacheWrite ?? price.input;
    case 'output_tokens':
      return price.output;
    default:
      return undefined;
  }
}

/** Flexible processing is sold at the price of batches; a priority tier is not, and has no list price here. */
function factorOf(tier: string, price: TokenPrice): string | undefined {
  switch (tier.toLowerCase()) {
    case '':
    case 'default':
    case 'standard':
      return '1';
    case 'batch':
    case 'flex':
      return price.batchFactor;
    default:
      return undefined;
  }
}
