import { describe, expect, it } from 'vitest';
import { shareAmount } from '../../../src/analysis/allocate/split.ts';
import { createPoolMatch } from '../../../src/analysis/allocate/split-pool.ts';
import { type Claim, recipientsOf } from '../../../src/analysis/allocate/split-recipients.ts';
import type { SplitSettings } from '../../../src/core/settings.ts';
import { settingsOf } from '../../settings.ts';

/** Small deterministic generator: tests give the same numbers every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

const split = (more: Partial<SplitSettings>): SplitSettings => ({
  name: 'shared',
  from: { team: 'platform' },
  among: { dimension: 'team', names: [] },
  by: { kind: 'direct-cost' },
  ...more,
});

describe('sharing an amount', () => {
  it('gives what cannot be divided to the largest remainder, ties to the earlier one', () => {
    const parts = shareAmount({ micros: 10n, residue: 0n }, [1n, 1n, 1n]);
    expect(parts.map(({ micros }) => micros)).toEqual([4n, 3n, 3n]);
    expect(parts.map(({ micros, residue }) => micros * 10n ** 12n + residue)).toEqual([
      3_333_333_333_334n,
      3_333_333_333_333n,
      3_333_333_333_333n,
    ]);
    expect(shareAmount({ micros: 0n, residue: 2n }, [1n, 2n]).map(({ residue }) => residue)).toEqual([
      1n,
      1n,
    ]);
  });

  it('gives nothing to a weight of zero and shares credits alike', () => {
    expect(shareAmount({ micros: -9n, residue: 0n }, [1n, 0n, 2n])).toEqual([
      { micros: -3n, residue: 0n },
      { micros: 0n, residue: 0n },
      { micros: -6n, residue: 0n },
    ]);
    expect(() => shareAmount({ micros: 1n, residue: 0n }, [0n])).toThrow(RangeError);
  });

  it('adds up to the atto for random pools and weights', () => {
    const next = random(11);
    for (let round = 0; round < 400; round++) {
      const pool = {
        micros: BigInt(Math.floor((next() - 0.4) * 10 ** Math.floor(next() * 15))),
        residue: BigInt(Math.floor((next() - 0.5) * 10 ** Math.floor(next() * 14))),
      };
      const weights = Array.from({ length: 1 + Math.floor(next() * 30) }, () =>
        BigInt(Math.floor(next() * 10 ** Math.floor(next() * 16))),
      );
      weights.push(1n);
      const parts = shareAmount(pool, weights);
      const whole = weights.reduce((a, b) => a + b);
      expect(parts.reduce((sum, { micros }) => sum + micros, 0n)).toBe(pool.micros);
      expect(parts.reduce((sum, { residue }) => sum + residue, 0n)).toBe(pool.residue);
      const attos = pool.micros * 10n ** 12n + pool.residue;
      for (const [index, { micros, residue }] of parts.entries()) {
        const off = (micros * 10n ** 12n + residue) * whole - attos * (weights[index] ?? 0n);
        expect(off < whole && off > -whole).toBe(true);
      }
    }
  });
});

describe('recipients', () => {
  const claims: Claim[] = [
    { name: 'search', weight: 30n, costCenter: 'CC-1' },
    { name: 'growth', weight: 10n, costCenter: 'CC-2' },
    { name: 'search', weight: 45n, costCenter: 'CC-9' },
    { name: 'idle', weight: 0n },
  ];

  it('with direct cost: its sum, for everybody who has any, by name', () => {
    expect(recipientsOf(split({}), claims, settingsOf())).toEqual([
      { name: 'growth', weight: 10n, costCenter: 'CC-2' },
      { name: 'search', weight: 75n, costCenter: 'CC-9' },
    ]);
  });

  it('are the same in whatever order claims arrive', () => {
    const next = random(5);
    const many = Array.from({ length: 60 }, (_, index): Claim => {
      const weight = BigInt(Math.floor(next() * 5));
      return { name: `m${index % 7}`, weight, team: `t${Math.floor(next() * 3)}`, costCenter: null };
    });
    const models = split({ among: { dimension: 'model', names: [] } });
    const told = recipientsOf(models, many, settingsOf());
    for (let round = 0; round < 20; round++) {
      const shuffled = [...many].sort(() => next() - 0.5);
      expect(recipientsOf(models, shuffled, settingsOf())).toEqual(told);
    }
  });

  it('named: only they, and none whose weight nobody knows', () => {
    const named = { dimension: 'team', names: ['search', 'assistant'] } as const;
    expect(recipientsOf(split({ among: named }), claims, settingsOf()).map(({ name }) => name)).toEqual([
      'search',
    ]);
    expect(recipientsOf(split({ among: named }), [], settingsOf())).toEqual([]);
    expect(
      recipientsOf(split({ among: named, by: { kind: 'evenly' } }), [], settingsOf()).map(
        (one) => one.weight,
      ),
    ).toEqual([1n, 1n]);
  });

  it('with fixed shares: as written, exactly', () => {
    const by = { kind: 'shares', shares: { search: '2.5', growth: '0.125', idle: '40' } } as const;
    const among = { dimension: 'team', names: ['search', 'growth', 'idle'] } as const;
    expect(recipientsOf(split({ among, by }), [], settingsOf())).toEqual([
      { name: 'growth', weight: 125n },
      { name: 'idle', weight: 40_000n },
      { name: 'search', weight: 2_500n },
    ]);
  });

  it('models go to their configured team, else to the one that pays most for them', () => {
    const settings = settingsOf({
      teams: [{ name: 'search', title: 'Search', members: [], channel: {}, costCenter: 'CC-1' }],
      models: [{ name: 'bert', title: 'BERT', team: 'search', aliases: [] }],
    });
    const models = split({
      among: { dimension: 'model', names: ['bert', 'gpt', 'new'] },
      by: { kind: 'evenly' },
    });
    const seen: Claim[] = [
      { name: 'bert', weight: 9n, team: 'growth', costCenter: 'CC-7' },
      { name: 'gpt', weight: 1n, team: 'search' },
      { name: 'gpt', weight: 3n, team: 'growth', costCenter: 'CC-7' },
    ];
    expect(recipientsOf(models, seen, settings)).toEqual([
      { name: 'bert', weight: 1n, team: 'search', costCenter: 'CC-1' },
      { name: 'gpt', weight: 1n, team: 'growth', costCenter: 'CC-7' },
      { name: 'new', weight: 1n },
    ]);
  });
});

describe('a pool', () => {
  it('has what matches every column, whatever its case, and any spelling of a name', () => {
    const settings = settingsOf({ models: [{ name: 'bert', title: 'BERT', aliases: ['bert-base'] }] });
    const match = createPoolMatch(
      split({ from: { team: 'Platform*', model: 'bert-base', service: 'Amazon E?S' } }),
      settings,
    );
    const cost = { team: 'platform-core', model: 'bert', service: 'amazon eks' };
    expect(match.columns).toEqual(['team', 'model', 'service']);
    expect(match.covers(cost)).toBe(true);
    expect(match.covers({ ...cost, service: 'Amazon ElastiCache' })).toBe(false);
    expect(match.covers({ ...cost, team: null })).toBe(false);
    expect(match.covers({ model: 'bert', service: 'Amazon EKS' })).toBe(false);
  });
});
