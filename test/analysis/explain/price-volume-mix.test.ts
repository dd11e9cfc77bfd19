import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MixPart, priceVolumeMix } from '../../../src/analysis/explain/price-volume-mix.ts';

/** Quantities and costs in whole units. */
function kind(key: string, before: readonly [number, number], during: readonly [number, number]): MixPart {
  const micros = (units: number) => BigInt(Math.round(units * 1e6));
  return {
    key,
    quantityBefore: micros(before[0]),
    costBefore: micros(before[1]),
    quantityDuring: micros(during[0]),
    costDuring: micros(during[1]),
  };
}

describe('price × volume × mix', () => {
  it('one kind: 100 at 1.00 become 150 at 1.20', () => {
    // Volume 50 × (1 + 1.2) ÷ 2 = 55; price 0.2 × (100 + 150) ÷ 2 = 25.
    expect(priceVolumeMix('tokens', [kind('in', [100, 100], [150, 180])])).toEqual({
      metric: 'tokens',
      volumeMicros: 55_000_000n,
      priceMicros: 25_000_000n,
      mixMicros: 0n,
      volumeRatio: 0.5,
      priceRatio: expect.closeTo(0.2),
      mixRatio: expect.closeTo(0),
    });
  });

  it('two kinds at their old prices, more of the dear one: volume and mix', () => {
    // 80 at 1 and 20 at 5 (180) become 80 at 1 and 70 at 5 (430). P0 = 1.8, P1 = 430 ÷ 150 = 2.866667.
    // Volume 50 × 2.333333 = 116.666667; no price moved; mix is the rest of 250.
    const split = priceVolumeMix('tokens', [
      kind('cheap', [80, 80], [80, 80]),
      kind('dear', [20, 100], [70, 350]),
    ]);
    expect(split?.volumeMicros).toBe(116_666_667n);
    expect(split?.priceMicros).toBe(0n);
    expect(split?.mixMicros).toBe(133_333_333n);
  });

  it('another model at five times the price is mix, not price: no price of it is known from before', () => {
    const split = priceVolumeMix('tokens', [
      kind('mini', [100, 40], [0, 0]),
      kind('big', [0, 0], [100, 200]),
    ]);
    expect(split).toMatchObject({
      volumeMicros: 0n,
      priceMicros: 0n,
      mixMicros: 160_000_000n,
      priceRatio: null,
    });
    expect(split?.mixRatio).toBeCloseTo(4);
  });

  it('nothing bought on one side has no price to compare', () => {
    expect(priceVolumeMix('requests', [kind('r', [0, 10], [5, 20])])).toBeUndefined();
    expect(priceVolumeMix('requests', [kind('r', [5, 10], [0, 0])])).toBeUndefined();
    expect(priceVolumeMix('requests', [])).toBeUndefined();
  });

  const amount = fc.bigInt({ min: 0n, max: 10n ** 13n });
  const drawn = fc.array(
    fc.record({ quantityBefore: amount, quantityDuring: amount, costBefore: amount, costDuring: amount }),
    { minLength: 1, maxLength: 6 },
  );

  it('adds up to the change exactly', () => {
    fc.assert(
      fc.property(drawn, (rows) => {
        const parts = rows.map((row, index) => ({ ...row, key: String(index) }));
        const split = priceVolumeMix('tokens', parts);
        if (!split) return;
        const change = parts.reduce((sum, one) => sum + one.costDuring - one.costBefore, 0n);
        expect(split.volumeMicros + split.priceMicros + split.mixMicros).toBe(change);
      }),
      { numRuns: 100 },
    );
  });

  it('turned around is the same with the other sign, to a micro per kind', () => {
    fc.assert(
      fc.property(drawn, (rows) => {
        const parts = rows.map((row, index) => ({ ...row, key: String(index) }));
        const back = parts.map((one) => ({
          key: one.key,
          quantityBefore: one.quantityDuring,
          quantityDuring: one.quantityBefore,
          costBefore: one.costDuring,
          costDuring: one.costBefore,
        }));
        const [there, again] = [priceVolumeMix('tokens', parts), priceVolumeMix('tokens', back)];
        if (!there || !again) return;
        expect(there.volumeMicros).toBe(-again.volumeMicros);
        expect(there.priceMicros).toBe(-again.priceMicros);
      }),
      { numRuns: 60 },
    );
  });
});
