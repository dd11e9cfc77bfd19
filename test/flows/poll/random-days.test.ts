/** Days that are fetched again and again, in any stretch, with anything in them: the store is as exact as the ledger. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addDays, daysBetween, eachDay, startOfMonth } from '../../../src/core/day.ts';
import { createRandom } from '../../sources/stand-in/random.ts';
import { type Bench, openBench } from './bench.ts';
import type { LedgerLine } from './ledger-source.ts';

const [FIRST, LAST] = ['2026-09-20', '2026-11-21'];
const ROUNDS = 12;

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

/** 10^-18 of an amount written with up to 18 decimals. */
function attos(amount: string): bigint {
  const [, sign = '', whole = '', decimals = ''] = /^(-?)(\d+)\.?(\d*)$/.exec(amount) ?? [];
  return BigInt(`${sign}${whole}${decimals.padEnd(18, '0')}`);
}

type Basis = 'amount' | 'effective';

/** A charge whose amount is unknown adds nothing to what is known. */
function truth(lines: readonly LedgerLine[], basis: Basis): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const line of lines) {
    const key = `${line.day} ${line.currency}`;
    sums.set(key, (sums.get(key) ?? 0n) + attos(line[basis] ?? '0'));
  }
  return sums;
}

async function stored(table: 'CostFact' | 'DailyCost', column: 'billed' | 'effective') {
  const rows = await bench.store.$queryRawUnsafe<{ key: string; micros: string | null; rest: string }[]>(
    `SELECT "day" || ' ' || "currency" AS key, CAST(SUM("${column}Micros") AS TEXT) AS micros,
       CAST(COALESCE(SUM("${column}Residue"), 0) AS TEXT) AS rest FROM "${table}" GROUP BY 1`,
  );
  return new Map(
    rows.map(({ key, micros, rest }) => [
      key,
      micros === null ? null : { micros: BigInt(micros), attos: BigInt(micros) * 10n ** 12n + BigInt(rest) },
    ]),
  );
}

async function expectTrue(lines: readonly LedgerLine[], round: number) {
  for (const [basis, column] of [
    ['amount', 'billed'],
    ['effective', 'effective'],
  ] as const) {
    const wanted = truth(lines, basis);
    for (const table of ['CostFact', 'DailyCost'] as const) {
      const held = await stored(table, column);
      const exact = new Map([...held].map(([key, sum]) => [key, sum?.attos ?? 0n]));
      expect(sorted(exact), `${table} ${column} of round ${round}`).toEqual(sorted(wanted));
      for (const sum of held.values())
        if (sum) expect(abs(sum.attos - sum.micros * 10n ** 12n)).toBeLessThanOrEqual(5n * 10n ** 11n);
    }
  }
}

const sorted = (sums: Map<string, unknown>) => [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
const abs = (value: bigint) => (value < 0n ? -value : value);

test.each([1])('random stretches of random days, seed %i', async (seed) => {
  const random = createRandom(seed);
  const upTo = (most: number) => Math.floor(random() * most);
  const pick = <T>(items: readonly T[]): T => items[upTo(items.length)] as T;
  const amount = () => {
    const kind = random();
    if (kind < 0.2) return '0';
    const sign = random() < 0.2 ? '-' : '';
    return `${sign}${upTo(kind < 0.5 ? 2 : 90_000)}.${String(upTo(1e9)).padStart(9, '0')}${String(upTo(1e9)).padStart(9, '0')}`;
  };
  const newLines = (day: string): LedgerLine[] =>
    Array.from({ length: upTo(6) }, () => ({
      day,
      amount: amount(),
      effective: random() < 0.1 ? null : amount(),
      account: pick(['a-1', 'a-2', 'a-3']),
      currency: pick(['USD', 'USD', 'EUR']),
      period: random() < 0.15 ? startOfMonth(addDays(startOfMonth(day), -1)) : startOfMonth(day),
      service: pick(['S', 'T']),
      tags: pick<Readonly<Record<string, string>>>([{}, { team: 'a' }, { team: 'b', x: 'ü$"' }]),
      ...(random() < 0.5 && { resource: pick(['r-1', 'r-2']) }),
    }));
  const days = eachDay(FIRST, LAST);
  let inStore: LedgerLine[] = [];
  bench.ledger.lines = days.flatMap(newLines);
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = pick(days);
    const end = addDays(start, upTo(daysBetween(start, LAST) + 1));
    // Sometimes a month of the stretch does not come: what came before it stays.
    bench.ledger.failAt = random() < 0.25 ? pick([start, startOfMonth(end)]) : undefined;
    bench.ledger.asked.length = 0;
    const result = await bench.poll({ window: { start, end }, acceptLoss: true });
    const got = bench.ledger.asked.filter((asked) => asked.start !== bench.ledger.failAt);
    const isGot = (day: string) => got.some((asked) => asked.start <= day && day <= asked.end);
    inStore = [
      ...inStore.filter(({ day }) => !isGot(day)),
      ...bench.ledger.lines.filter(({ day }) => isGot(day)),
    ];
    expect(result.reconciliation.ok).toBe(true);
    if (result.error) expect(result.error.code).toBe('UPSTREAM');
    await expectTrue(inStore, round);
    bench.ledger.lines = bench.ledger.lines.filter(() => random() > 0.1);
    const changed = new Set(days.filter(() => random() < 0.2));
    bench.ledger.lines = [
      ...bench.ledger.lines.filter(({ day }) => !changed.has(day)),
      ...[...changed].flatMap(newLines),
    ];
  }
});
