import { describe, expect, it } from 'vitest';
import type { Amounts } from '../../../src/sources/aws-cost-explorer/amounts.ts';
import type { AnswerRow, Plan } from '../../../src/sources/aws-cost-explorer/plan-types.ts';
import { createRandom } from '../stand-in/random.ts';
import { answerOf, cellsOf, type Entry, run, truthOf } from './ledger.ts';

interface Bill {
  readonly entries: Entry[];
  readonly dimensions: string[];
}

/** A bill of any shape: sparse or full, with and without charge types, credits up to all of a service's cost. */
function anyBill(seed: number): Bill {
  const random = createRandom(seed);
  const below = (end: number) => Math.floor(random() * end);
  const density = [1, 0.5, 0.2, 0.05][below(4)] ?? 1;
  const counts = {
    slot: 1 + below(3),
    service: 1 + below(6),
    account: 1 + below(4),
    team: 1 + below(4),
    model: 1 + below(3),
  };
  const [hasFreeTiers, isAllCredited, withTypes, withModels] = [0.4, 0.3, 0.7, 0.5].map(
    (share) => random() < share,
  );
  const places = Object.values(counts).reduce((product, count) => product * count, 1);
  const entries = Array.from({ length: places }, (_, index): Entry[] => {
    if (random() > density) return [];
    let rest = index;
    const digit = (count: number) => {
      const own = rest % count;
      rest = Math.floor(rest / count);
      return own;
    };
    const named = (name: string, count: number) => `${name} ${digit(count)}`;
    const untagged = (name: string, count: number) => named(name, count).replace(/.* 0$/, '');
    const slot = named('day', counts.slot);
    const of = {
      SERVICE: named('service', counts.service),
      ACCOUNT: named('account', counts.account),
      team: untagged('team', counts.team),
      model: untagged('model', counts.model),
      TYPE: 'Usage',
    };
    const amount = hasFreeTiers && random() < 0.3 ? 0n : BigInt(1 + below(1e9)) * 10n ** BigInt(8 + below(4));
    const entry = (TYPE: string, amounts: Amounts, more: object = {}): Entry => ({
      slot,
      of: { ...of, TYPE, ...more },
      amounts,
    });
    const usage = entry('Usage', [amount, amount]);
    const luck = random();
    if (isAllCredited && of.SERVICE.endsWith('0')) return [usage, entry('Credit', [-amount, -amount])];
    if (luck < 0.05) return [usage, entry('Credit', [-amount / 2n, -amount / 2n])];
    if (luck < 0.1) return [usage, entry('Refund', [-amount, 0n], { team: '' })];
    return [usage];
  }).flat();
  return {
    entries,
    dimensions: [
      'SERVICE',
      'ACCOUNT',
      ...(withTypes ? ['TYPE'] : []),
      'team',
      ...(withModels ? ['model'] : []),
    ],
  };
}

const SEEDS = Array.from({ length: 120 }, (_, index) => index + 1);

/** Slot, service, account and amounts of the parts. */
function coarse({ parts }: Plan): string[] {
  const entries = parts.map(({ slot, values, amounts }) => ({
    slot,
    of: { SERVICE: values[0] ?? '', ACCOUNT: values[1] ?? '' },
    amounts,
  }));
  return truthOf(entries, ['SERVICE', 'ACCOUNT']);
}

describe('any bill', () => {
  it.each([
    ['is taken apart exactly, credits and free tiers included', (rows: AnswerRow[]) => rows],
    [
      'with every group named twice',
      (rows: AnswerRow[]) =>
        rows.flatMap(({ amounts, ...row }) => [
          { ...row, amounts: amounts.map((amount) => amount / 3n) },
          { ...row, amounts: amounts.map((amount) => amount - amount / 3n) },
        ]),
    ],
  ])('%s', (_, given) => {
    for (const seed of SEEDS) {
      const { entries, dimensions } = anyBill(seed);
      if (entries.length === 0) continue;
      const plan = run(dimensions, (ask) => given(answerOf(entries, ask)));
      expect([...plan.shortfalls], `seed ${seed}`).toEqual([]);
      expect(cellsOf(plan.parts), `seed ${seed}`).toEqual(truthOf(entries, dimensions));
    }
  });

  it('adds up to the first answer, however the answers lie', () => {
    for (const seed of SEEDS) {
      const { entries, dimensions } = anyBill(seed);
      if (entries.length === 0) continue;
      const random = createRandom(seed);
      const plan = run(dimensions, (ask, index) => {
        const rows = answerOf(entries, random() < 0.3 ? { ...ask, where: [] } : ask);
        if (index === 0) return rows;
        if (random() < 0.1) return undefined;
        if (random() < 0.1) return 'refused';
        return rows
          .filter(() => random() < 0.9)
          .map((row) => ({
            ...row,
            amounts: row.amounts.map((amount) => (random() < 0.1 ? amount * 2n : amount)),
          }));
      });
      expect(coarse(plan), `seed ${seed}`).toEqual(truthOf(entries, ['SERVICE', 'ACCOUNT']));
    }
  });
});
