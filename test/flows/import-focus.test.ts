/** What an import does to what is stored: once, twice, corrected, in parts, or not at all. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDecimals } from '../../src/core/decimal.ts';
import { decimalToMicros } from '../../src/core/money.ts';
import type { AllocationRule } from '../../src/core/settings.ts';
import { type Charge, charge, csv, NOW, openWorkbench, type Workbench } from './import-focus/workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench.close());

/** Checks that every source-day's facts and allocated costs are its bills' exact total, rounded once. */
async function expectExact(): Promise<void> {
  const days = await bench.store.$queryRawUnsafe<
    { source: string; day: string; currency: string; exact: string }[]
  >(
    `SELECT b."source", d."day", d."currency", json_group_array(d."effective") AS exact FROM "BillDay" d JOIN "Bill" b ON b."id" = d."billId" GROUP BY 1, 2, 3`,
  );
  for (const { source, day, currency, exact } of days) {
    const wanted = decimalToMicros(addDecimals(...JSON.parse(exact)) ?? '0');
    const where = { source, day, currency };
    for (const table of [bench.store.costFact, bench.store.dailyCost] as const) {
      const { _sum } = await (table as typeof bench.store.costFact).aggregate({
        where,
        _sum: { effectiveMicros: true },
      });
      expect(_sum.effectiveMicros ?? 0n, `${source} ${day} ${currency}`).toBe(wanted);
    }
  }
  expect(await bench.store.reconciliation.count({ where: { ok: false } })).toBe(0);
  expect(await bench.store.reconciliation.count()).toBe(days.length);
}

const SEPTEMBER = [charge('2026-09-01', '1.5'), charge('2026-09-02', '2.25'), charge('2026-09-03', '0.1')];

describe('the same again', () => {
  test('changes nothing at all', async () => {
    const file = bench.file('bill.csv', csv(SEPTEMBER));
    const first = await bench.import([file]);
    const before = await bench.contents();
    const second = await bench.import([file]);
    expect(await bench.contents()).toBe(before);
    expect(first.files[0]).toMatchObject({ factsWritten: 3, replaced: 0, unchanged: false });
    expect(second.files[0]).toMatchObject({ factsWritten: 0, replaced: 0, unchanged: true });
    expect(second).toMatchObject({
      watermark: '2026-09-03',
      totals: first.totals,
      byProvider: first.byProvider,
      moved: [],
    });
  });

  test('also in another order of rows and split into two files', async () => {
    await bench.import([bench.file('bill.csv', csv(SEPTEMBER))]);
    const before = await bench.contents();
    await bench.import([bench.file('reversed.csv', csv([...SEPTEMBER].reverse()))]);
    await bench.import([
      bench.file('a.csv', csv(SEPTEMBER.slice(0, 1))),
      bench.file('b.csv', csv(SEPTEMBER.slice(1))),
    ]);
    expect(await bench.contents()).toBe(before);
  });
});

describe('a corrected bill', () => {
  const corrected = [charge('2026-09-01', '1.5'), charge('2026-09-02', '3'), charge('2026-09-04', '7')];

  test('replaces the stored one and says what moved', async () => {
    await bench.import([bench.file('bill.csv', csv(SEPTEMBER))]);
    const result = await bench.import([bench.file('corrected.csv', csv(corrected))]);
    expect(result.files[0]).toMatchObject({ factsWritten: 3, replaced: 3, unchanged: false });
    expect(
      result.moved.map(({ day, currency, effectiveCost }) => [
        day,
        currency,
        effectiveCost.before,
        effectiveCost.after,
      ]),
    ).toEqual([
      ['2026-09-02', 'USD', '2.25', '3'],
      ['2026-09-03', 'USD', '0.1', null],
      ['2026-09-04', 'USD', null, '7'],
    ]);
    expect(result.warnings.join()).toMatch(/no longer has a day that it had \(2026-09-03\)/);
    // Days that were complete: the first import reached the 3rd.
    const kept = await bench.store.restatement.findMany({ orderBy: { day: 'asc' } });
    expect(
      kept.map(({ day, effectiveBefore, effectiveAfter }) => [day, effectiveBefore, effectiveAfter]),
    ).toEqual([
      ['2026-09-02', '2.25', '3'],
      ['2026-09-03', '0.1', null],
    ]);
    expect(result.totals[0]).toMatchObject({ effectiveCost: '11.5', stored: { effectiveCost: '11.5' } });
    await expectExact();
  });

  test('leaves other accounts, periods and sources alone', async () => {
    const other = charge('2026-09-02', '40', { BillingAccountId: 'acct-2' });
    const october = charge('2026-10-02', '50', {
      BillingPeriodStart: '2026-10-01',
      BillingPeriodEnd: '2026-11-01',
    });
    await bench.import([bench.file('bill.csv', csv([...SEPTEMBER, other, october]))]);
    await bench.import([bench.file('elsewhere.csv', csv([charge('2026-09-02', '9')]))], {
      source: 'elsewhere',
    });
    await bench.import([bench.file('corrected.csv', csv(corrected))]);
    const facts = await bench.store.costFact.findMany({
      orderBy: [{ source: 'asc' }, { effectiveMicros: 'asc' }],
    });
    expect(facts.map((fact) => `${fact.source} ${fact.effectiveMicros}`)).toEqual([
      'elsewhere 9000000',
      'focus 1500000',
      'focus 3000000',
      'focus 7000000',
      'focus 40000000',
      'focus 50000000',
    ]);
    await expectExact();
  });

  test('an older bill does not move the watermark back; --complete-until does', async () => {
    await bench.import([bench.file('bill.csv', csv(SEPTEMBER))]);
    const august = charge('2026-08-01', '1', {
      BillingPeriodStart: '2026-08-01',
      BillingPeriodEnd: '2026-09-01',
    });
    expect((await bench.import([bench.file('august.csv', csv([august]))])).watermark).toBe('2026-09-03');
    expect(
      (await bench.import([bench.file('bill.csv', csv(SEPTEMBER))], { completeUntil: '2026-09-02' }))
        .watermark,
    ).toBe('2026-09-02');
    expect((await bench.store.source.findFirst())?.watermark).toBe('2026-09-02');
  });
});

describe('parts', () => {
  test('other days of the same bill go beside it, and are known again one by one', async () => {
    const first = bench.file('first.csv', csv(SEPTEMBER.slice(0, 2)));
    const second = bench.file('second.csv', csv(SEPTEMBER.slice(2)));
    await bench.import([first]);
    const result = await bench.import([second]);
    expect(result.warnings.join()).toMatch(/2026-09-03 to 2026-09-03 of account acct-1 was added beside/);
    expect(await bench.store.costFact.count()).toBe(3);
    const before = await bench.contents();
    await bench.import([first]);
    await bench.import([second]);
    expect(await bench.contents()).toBe(before);
    const corrected = await bench.import([bench.file('corrected.csv', csv([charge('2026-09-03', '5')]))]);
    expect(corrected.moved).toMatchObject([
      { day: '2026-09-03', effectiveCost: { before: '0.1', after: '5' } },
    ]);
    expect(await bench.store.costFact.count()).toBe(3);
    await expectExact();
  });

  test('--add puts a further part on the same days, once', async () => {
    await bench.import([bench.file('a.csv', csv(SEPTEMBER))]);
    const more = bench.file('b.csv', csv([charge('2026-09-02', '0.0000004', { ServiceName: 'Amazon S3' })]));
    const added = await bench.import([more], { add: true });
    expect(added.files[0]).toMatchObject({ factsWritten: 1, replaced: 0 });
    expect((await bench.store.billDay.findFirst({ where: { day: '2026-09-02' } }))?.effective).toBe(
      '2.2500004',
    );
    const before = await bench.contents();
    expect((await bench.import([more], { add: true })).files[0]?.unchanged).toBe(true);
    expect(await bench.contents()).toBe(before);
    await expectExact();
  });

  test('the files of one command are one bill', async () => {
    const files = [
      bench.file('a.csv', csv(SEPTEMBER)),
      bench.file('b.csv', csv([charge('2026-09-02', '1', { RegionId: 'eu-west-1' })])),
    ];
    const result = await bench.import(files);
    expect(result.files.map((file) => file.factsWritten)).toEqual([3, 1]);
    expect(await bench.store.bill.count()).toBe(1);
    expect(result.totals[0]).toMatchObject({ rows: 4, effectiveCost: '4.85' });
  });

  test('the same bill under another source is told', async () => {
    await bench.import([bench.file('bill.csv', csv(SEPTEMBER))]);
    const { warnings } = await bench.import([bench.path('bill.csv')], { source: 'copy' });
    expect(warnings.join()).toMatch(
      /Source "focus" already holds account acct-1 for 2026-09: that money is counted twice/,
    );
  });
});

describe('nothing or all', () => {
  test('when allocation fails, nothing is written', async () => {
    await bench.import([bench.file('bill.csv', csv(SEPTEMBER))]);
    const before = await bench.contents();
    const corrected = bench.file('corrected.csv', csv([charge('2026-09-02', '3')]));
    const allocate = () => Promise.reject(new Error('the rules are broken'));
    await expect(bench.import([corrected], { allocate })).rejects.toThrow('the rules are broken');
    expect(await bench.contents()).toBe(before);
  });

  test('layers that differ are recorded and told', async () => {
    const result = await bench.import([bench.file('bill.csv', csv(SEPTEMBER))], {
      allocate: async () => undefined,
    });
    expect(result.reconciliation).toMatchObject({ ok: false, days: 3 });
    expect(result.reconciliation.differences[0]).toEqual({
      day: '2026-09-01',
      currency: 'USD',
      basis: 'BilledCost',
      bill: '1.5',
      facts: '1.5',
      daily: null,
    });
  });

  test.each([
    [{ files: [] }, /No file was named/],
    [{ source: ' ' }, /cannot name a source/],
    [{ completeUntil: '2026-02-30' }, /"2026-02-30" is not a day/],
  ])('%j is refused', async (request, message) => {
    const { files = ['bill.csv'], ...rest } = { files: undefined, ...request };
    await expect(bench.import(files, rest)).rejects.toThrow(message);
  });
});

describe('currencies', () => {
  test('are kept apart and never added; a missing rate is told with the line to write', async () => {
    const rows = [
      charge('2026-09-01', '1'),
      charge('2026-09-01', '2', { BillingCurrency: 'EUR' }),
      charge('2026-09-01', '300', { BillingCurrency: 'Token' }),
    ];
    const result = await bench.import([bench.file('bill.csv', csv(rows))]);
    expect(result.totals.map((total) => [total.currency, total.effectiveCost])).toEqual([
      ['EUR', '2'],
      ['Token', '300'],
      ['USD', '1'],
    ]);
    expect(result.byProvider.AWS).toMatchObject({
      currency: null,
      rows: 3,
      byCurrency: [{ currency: 'EUR' }, { currency: 'Token' }, { currency: 'USD' }],
    });
    expect(result.warnings.filter((warning) => warning.includes('There is no rate'))).toEqual([
      expect.stringContaining('fx in pennywatch.yaml: { date: DATE, from: EUR, to: USD, rate: RATE }'),
      expect.stringContaining('from: Token'),
    ]);
    await expectExact();
  });

  test('with a rate, either way, nothing is missing', async () => {
    await bench.close();
    bench = await openWorkbench({ fx: [{ date: '2026-01-01', from: 'USD', to: 'EUR', rate: '0.9' }] });
    const { warnings } = await bench.import([
      bench.file('bill.csv', csv([charge('2026-09-01', '2', { BillingCurrency: 'EUR' })])),
    ]);
    expect(warnings).toEqual([]);
  });
});

describe('what is kept', () => {
  const rule: AllocationRule = {
    name: 'r',
    match: [{ on: { column: 'ResourceId' }, patterns: ['i-*'] }],
    set: { team: 'search' },
  };
  const resources = [
    charge('2026-08-01', '1', { ResourceId: 'i-1' }),
    charge('2026-08-01', '2', { ResourceId: 'i-2' }),
    charge('2026-09-01', '3', { ResourceId: 'i-1' }),
    charge('2026-09-01', '4', { ResourceId: 'i-2' }),
  ];
  const resourceDays = async () =>
    (await bench.store.costFact.findMany({ orderBy: { id: 'asc' } }))
      .map((fact) => `${fact.day} ${fact.resourceKey === 0n ? '-' : 'r'} ${fact.effectiveMicros}`)
      .sort();

  test('resources of the newest days only', async () => {
    await bench.close();
    bench = await openWorkbench({ storage: { resourceDays: 31 } });
    await bench.import([bench.file('bill.csv', csv(resources))]);
    expect(await resourceDays()).toEqual([
      '2026-08-01 - 3000000',
      '2026-09-01 r 3000000',
      '2026-09-01 r 4000000',
    ]);
    const before = await bench.contents();
    await bench.import([bench.path('bill.csv')]);
    expect(await bench.contents()).toBe(before);
  });

  test('newer data pushes older resources out, to the micro', async () => {
    await bench.close();
    bench = await openWorkbench({ storage: { resourceDays: 31 } });
    await bench.import([bench.file('old.csv', csv(resources.slice(0, 2)))]);
    expect(await resourceDays()).toEqual(['2026-08-01 r 1000000', '2026-08-01 r 2000000']);
    await bench.import([bench.file('new.csv', csv(resources.slice(2)))]);
    expect(await resourceDays()).toEqual([
      '2026-08-01 - 3000000',
      '2026-09-01 r 3000000',
      '2026-09-01 r 4000000',
    ]);
    await expectExact();
  });

  test('all resources when a rule reads them, and a bill imported without comes again', async () => {
    await bench.close();
    bench = await openWorkbench({ storage: { resourceDays: 1 } });
    const file = bench.file('bill.csv', csv(resources));
    await bench.import([file]);
    expect(await bench.store.costFact.count({ where: { resourceKey: 0n } })).toBe(1);
    Object.assign(bench.context, { settings: { ...bench.context.settings, rules: [rule] } });
    await bench.import([file]);
    expect(await bench.store.costFact.count({ where: { resourceKey: 0n } })).toBe(0);
    expect(await bench.store.dailyCost.count({ where: { team: 'search' } })).toBe(2);
    await expectExact();
  });

  test('descriptions, unless there are thousands that no rule reads', async () => {
    const described = (count: number) => {
      const [header, line] = csv([charge('2026-09-01', '1')]).split('\n');
      return `${header},ChargeDescription\n${Array.from({ length: count }, (_, index) => `${line},job ${index}\n`).join('')}`;
    };
    const few = await bench.import([bench.file('few.csv', described(50))]);
    expect(few.files[0]).toMatchObject({ factsWritten: 50, warnings: ['Missing column: ServiceCategory.'] });
    const many = await bench.import([bench.file('many.csv', described(2_001))]);
    expect(many.files[0]).toMatchObject({
      factsWritten: 1,
      warnings: [
        expect.any(String),
        expect.stringContaining('2001 different ChargeDescriptions are not kept'),
      ],
    });
    expect(many.totals[0]?.stored.effectiveCost).toBe('2001');
  });
});

test('the watermark is the last whole day, not a day that has begun or is still to come', async () => {
  const hour = (from: string, to: string) =>
    charge('2026-09-05', '1', { ChargePeriodStart: from, ChargePeriodEnd: to });
  const partly = [...SEPTEMBER, hour('2026-09-05T10:00:00Z', '2026-09-05T11:00:00Z')];
  expect((await bench.import([bench.file('a.csv', csv(partly))])).watermark).toBe('2026-09-04');
  const month = charge('2026-09-01', '9', { ChargePeriodEnd: '2026-10-01T00:00:00Z', BillingAccountId: 'b' });
  const monthly = await bench.import([bench.file('m.csv', csv([month]))], { source: 'monthly' });
  expect(monthly).toMatchObject({
    watermark: null,
    warnings: expect.arrayContaining([expect.stringContaining('--complete-until')]),
  });
  const today = new Date(NOW).toISOString().slice(0, 10);
  const ahead = await bench.import(
    [bench.file('t.csv', csv([charge(today, '1', { BillingAccountId: 'c' })]))],
    { source: 'ahead' },
  );
  expect(ahead.watermark).toBe('2026-11-20');
});

test('random bills, imported, corrected and added: every source-day stays exact to the micro', async () => {
  let state = 5;
  const next = (below: number) => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((state / 4294967296) * below);
  };
  const amount = () =>
    `${next(3) === 0 ? '-' : ''}${next(50)}.${String(next(1_000_000_000)).padStart(9, '0')}${next(2) ? '5' : '49999'}`;
  const row = (): Charge =>
    charge(`2026-09-0${1 + next(4)}`, amount(), {
      BillingAccountId: `acct-${next(3)}`,
      ServiceName: `service ${next(3)}`,
      ResourceId: `i-${next(5)}`,
      EffectiveCost: amount(),
      ListCost: next(4) ? amount() : '',
      Tags: next(2) ? `{"team":"t${next(3)}"}` : '',
    });
  for (let round = 0; round < 12; round++) {
    const rows = Array.from({ length: 5 + next(60) }, row);
    await bench.import([bench.file(`${round}.csv`, csv(rows))], { add: round % 3 === 1 });
    await expectExact();
  }
});
