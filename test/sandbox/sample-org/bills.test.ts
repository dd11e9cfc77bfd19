/** The bills are FOCUS, exact, complete, and say what the answer sheet says. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, addMonths, daysBetween, eachDay, startOfMonth } from '../../../src/core/day.ts';
import { type SampleOrg, writeSampleOrg } from '../../../src/sandbox/sample-org/index.ts';
import { allocator, cost, type Row, readConfig, readRows, tagsOf } from './read-bills.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const MANDATORY = [
  'BilledCost',
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargeDescription',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ContractedCost',
  'EffectiveCost',
  'InvoiceIssuerName',
  'ListCost',
  'ProviderName',
  'PublisherName',
  'ServiceCategory',
  'ServiceName',
];
const NULLABLE = ['ChargeClass', 'PricingQuantity', 'PricingUnit'];
const SERVICES = new Set([
  'AI and Machine Learning/AI Platforms',
  'AI and Machine Learning/Generative AI',
  'AI and Machine Learning/Machine Learning',
  'Compute/Containers',
  'Compute/Virtual Machines',
  'Databases/Data Warehouses',
  'Management and Governance/Observability',
  'Management and Governance/Support',
  'Networking/Network Connectivity',
  'Networking/Network Routing',
  'Other/Other (Other)',
  'Storage/Block Storage',
  'Storage/Object Storage',
]);
const CATEGORIES = new Set([...SERVICES].map((pair) => pair.split('/')[0]));

interface Charge {
  readonly source: string;
  readonly day: string;
  readonly end: string;
  readonly currency: string;
  readonly category: string;
  readonly service: string;
  readonly effective: bigint;
  readonly billed: bigint;
  readonly commitment: string;
  readonly team: string | undefined;
  readonly model: string | undefined;
  readonly stage: string | undefined;
}

let dir: string;
let org: SampleOrg;
let charges: Charge[];
let problems: string[];
let tags: Set<string>;
let rates: (day: string) => number;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sample-org-'));
  org = await writeSampleOrg({ dir, now: NOW });
  const config = await readConfig(org.configPath);
  const allocate = allocator(config);
  rates = (day) => Number(config.fx.findLast(({ date }) => date <= day)?.rate);
  charges = [];
  problems = [];
  tags = new Set();
  for (const { name, files } of org.sources) {
    for (const file of files) {
      for (const row of await readRows(file)) {
        problems.push(...faults(row).map((fault) => `${file}: ${fault}: ${JSON.stringify(row)}`));
        for (const [key, value] of Object.entries(tagsOf(row))) tags.add(`${key}=${value}`);
        const { team, model, stage } = allocate(row);
        charges.push({
          source: name,
          day: (row.ChargePeriodStart ?? '').slice(0, 10),
          end: row.ChargePeriodEnd ?? '',
          currency: row.BillingCurrency ?? '',
          category: row.ChargeCategory ?? '',
          service: row.ServiceName ?? '',
          effective: cost(row.EffectiveCost),
          billed: cost(row.BilledCost),
          commitment: row.CommitmentDiscountStatus ?? '',
          team,
          model,
          stage,
        });
      }
    }
  }
}, 60_000);

afterAll(() => rm(dir, { recursive: true, force: true }));

/** What is wrong with a row, in words; nothing when it follows FOCUS. */
function faults(row: Row): string[] {
  const bad = MANDATORY.filter((column) => !row[column]).map((column) => `${column} is null`);
  bad.push(...NULLABLE.filter((column) => row[column] === undefined).map((column) => `${column} is missing`));
  const times = ['ChargePeriodStart', 'ChargePeriodEnd', 'BillingPeriodStart', 'BillingPeriodEnd'].map(
    (column) => row[column] ?? '',
  );
  if (!times.every((time) => /^\d{4}-\d\d-\d\dT\d\d:00(:00(\.000)?)?Z$/.test(time)))
    bad.push('a time is no whole hour of UTC');
  const [start = '', end = '', period = '', periodEnd = ''] = times.map((time) => time.slice(0, 10));
  if ((times[0] ?? '') >= (times[1] ?? '')) bad.push('charge period is empty');
  if (period !== startOfMonth(period) || periodEnd !== addMonths(period, 1))
    bad.push('billing period is no month');
  if (row.ChargeClass === 'Correction' ? start >= period : start < period || end > periodEnd)
    bad.push('charge outside its billing period');
  if (!['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'].includes(row.ChargeCategory ?? ''))
    bad.push('ChargeCategory');
  if (!['', 'Correction'].includes(row.ChargeClass ?? '')) bad.push('ChargeClass');
  if (!['Usage-Based', 'Recurring', 'One-Time'].includes(row.ChargeFrequency ?? ''))
    bad.push('ChargeFrequency');
  if (!CATEGORIES.has(row.ServiceCategory)) bad.push('ServiceCategory');
  if (
    row.ServiceSubcategory !== undefined &&
    !SERVICES.has(`${row.ServiceCategory}/${row.ServiceSubcategory}`)
  )
    bad.push('ServiceSubcategory');
  if (Boolean(row.PricingQuantity) !== Boolean(row.PricingUnit)) bad.push('quantity without unit');
  if (row.PricingQuantity && row.CommitmentDiscountStatus !== 'Unused') {
    const product = cost(row.ListUnitPrice) * cost(row.PricingQuantity);
    const difference = product - cost(row.ListCost) * 10n ** 10n;
    if (difference > 10n ** 10n / 2n || difference < -(10n ** 10n) / 2n)
      bad.push('ListCost is not price × quantity');
  }
  return bad;
}

const sum = (rows: readonly Charge[], pick: (row: Charge) => bigint = (row) => row.effective): bigint =>
  rows.reduce((total, row) => total + pick(row), 0n);
const usd = (row: Charge): number =>
  (Number(row.effective) / 1e10) * (row.currency === 'EUR' ? rates(row.day) : 1);
const usdSum = (rows: readonly Charge[]): number => rows.reduce((total, row) => total + usd(row), 0);

describe('the bills', () => {
  it('follow FOCUS in every row', () => {
    expect(problems.slice(0, 5)).toEqual([]);
    expect(charges.length).toBeGreaterThan(70_000);
    expect(charges.length).toBeLessThan(110_000);
  });

  it('come as five sources in two currencies', () => {
    const currencies = Object.fromEntries(
      org.sources.map(({ name }) => [
        name,
        new Set(charges.filter((row) => row.source === name).map((row) => row.currency)),
      ]),
    );
    expect(currencies).toEqual({
      aws: new Set(['USD']),
      gcp: new Set(['USD']),
      azure: new Set(['EUR']),
      openai: new Set(['USD']),
      anthropic: new Set(['USD']),
    });
  });

  it('have every day up to the newest one of each source, which is partial in the clouds', () => {
    for (const [name, newest] of [
      ['aws', '2026-11-20'],
      ['gcp', '2026-11-19'],
      ['azure', '2026-11-18'],
      ['openai', '2026-11-20'],
      ['anthropic', '2026-11-20'],
    ] as const) {
      const own = charges.filter((row) => row.source === name && row.category === 'Usage');
      expect([name, [...new Set(own.map((row) => row.day))].sort()]).toEqual([
        name,
        eachDay('2025-08-01', newest),
      ]);
      const { completeUntil, partialDay } = org.truth.sources[name];
      expect(partialDay ?? completeUntil).toBe(newest);
      const ends = own.map((row) => row.end).sort();
      expect(addDays((ends.at(-1) ?? '').slice(0, 10), -1)).toBe(completeUntil);
      expect(new Set(own.filter((row) => row.day < newest).map((row) => row.end.slice(11, 13)))).toEqual(
        new Set(['00']),
      );
      if (partialDay === undefined) continue;
      const steady = own.filter((row) => /Storage|Simple Storage/.test(row.service));
      const on = (day: string) => Number(sum(steady.filter((row) => row.day === day)));
      expect(on(partialDay) / on(completeUntil)).toBeLessThan(0.9);
    }
  });

  it('add up to the answer sheet, to the last decimal', () => {
    for (const [name, truth] of Object.entries(org.truth.sources)) {
      const own = charges.filter((row) => row.source === name);
      expect([name, own.length, sum(own), sum(own, (row) => row.billed)]).toEqual([
        name,
        truth.rows,
        cost(truth.effectiveCost),
        cost(truth.billedCost),
      ]);
    }
    for (const [month, amounts] of Object.entries(org.truth.months)) {
      for (const [currency, amount] of Object.entries(amounts)) {
        const own = charges.filter((row) => row.day.startsWith(month) && row.currency === currency);
        expect([month, currency, sum(own)]).toEqual([month, currency, cost(amount)]);
      }
    }
  });

  it('give each model what tags and rules give it', () => {
    const found = new Map<string, bigint>();
    for (const row of charges) {
      if (row.model)
        found.set(
          `${row.model} ${row.currency}`,
          (found.get(`${row.model} ${row.currency}`) ?? 0n) + row.effective,
        );
    }
    const told = Object.entries(org.truth.models).flatMap(([model, amounts]) =>
      Object.entries(amounts).map(([currency, amount]): [string, bigint] => [
        `${model} ${currency}`,
        cost(amount),
      ]),
    );
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(told));
  });

  it('give each split the pool that is told', () => {
    const pool = (name: string) =>
      charges.filter(
        (row) =>
          row.team === 'platform' &&
          (name === 'shared platform'
            ? row.stage === 'other'
            : row.stage === 'data' && /Simple Storage/.test(row.service)),
      );
    expect(Object.keys(org.truth.pools).sort()).toEqual(['shared platform', 'training data lake']);
    for (const [name, amounts] of Object.entries(org.truth.pools))
      for (const [currency, amount] of Object.entries(amounts))
        expect([name, currency, sum(pool(name).filter((row) => row.currency === currency))]).toEqual([
          name,
          currency,
          cost(amount),
        ]);
    const share = usdSum(pool('shared platform')) / usdSum(charges);
    expect(share).toBeGreaterThan(0.03);
    expect(share).toBeLessThan(0.12);
  });

  it('grow to between 150 and 250 thousand dollars a month', () => {
    const month = (name: string) => usdSum(charges.filter((row) => row.day.startsWith(name)));
    expect(month('2026-10')).toBeGreaterThan(150_000);
    expect(month('2026-10')).toBeLessThan(250_000);
    expect(month('2025-08')).toBeGreaterThan(70_000);
    expect(month('2025-08')).toBeLessThan(0.7 * month('2026-10'));
  });

  it('make bert cost ten to fifteen thousand dollars in the last 30 days and 5 to 10 % of the bill', () => {
    const recent = charges.filter((row) => row.day >= '2026-10-22');
    const bert = usdSum(recent.filter((row) => row.model === 'bert'));
    expect(bert).toBeGreaterThan(10_000);
    expect(bert).toBeLessThan(15_000);
    const share = usdSum(charges.filter((row) => row.model === 'bert')) / usdSum(charges);
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.1);
    expect(
      [...new Set(charges.filter((row) => row.model === 'bert').map((row) => row.stage))].sort(),
    ).toEqual(['data', 'inference', 'training']);
  });

  it('leave four to nine percent of usage without an owner', () => {
    const unclaimed = charges.filter((row) => row.category === 'Usage' && row.team === undefined);
    for (const [currency, amount] of Object.entries(org.truth.unclaimed)) {
      expect([currency, sum(unclaimed.filter((row) => row.currency === currency))]).toEqual([
        currency,
        cost(amount),
      ]);
    }
    const share = usdSum(unclaimed) / usdSum(charges);
    expect(share).toBeGreaterThan(0.04);
    expect(share).toBeLessThan(0.09);
  });

  it('spread a savings plan: what it covers and what it leaves unused add up to its fee', () => {
    const plan = charges.filter((row) => row.source === 'aws' && row.commitment !== '');
    const purchases = charges.filter((row) => row.category === 'Purchase' && row.effective === 0n);
    expect(purchases.length).toBeGreaterThan(250);
    expect(sum(plan)).toBe(sum(purchases, (row) => row.billed));
    expect(sum(plan, (row) => row.billed)).toBe(0n);
    expect(new Set(plan.map((row) => row.commitment))).toEqual(new Set(['Used', 'Unused']));
  });

  it('have tax, negative credits and corrections', () => {
    const of = (category: string) => charges.filter((row) => row.category === category);
    expect(of('Tax').length).toBe(15);
    expect(of('Credit').length).toBeGreaterThan(15);
    expect(of('Credit').every((row) => row.effective < 0n)).toBe(true);
    expect(of('Adjustment').length).toBe(1);
    expect(of('Usage').filter((row) => row.effective < 0n).length).toBe(1);
  });

  it('carry hostile and dirty tag values', () => {
    for (const tag of [
      'model=<!channel>',
      'experiment="); DROP TABLE CostFact; --',
      'feature=🚀 תכונה חדשה',
      'Model=image-moderation',
      'ml-model=translate-m2m',
      'ml_model=two-tower',
      'env=production',
      'env=prod',
      'shared=true',
      'model=bert-base',
    ])
      expect(tags).toContain(tag);
  });

  it('start and retire models in the middle of the history', () => {
    const days = (model: string) =>
      charges
        .filter((row) => row.model === model)
        .map((row) => row.day)
        .sort();
    expect(daysBetween('2025-08-01', days('voice-agent')[0] ?? '')).toBeGreaterThan(300);
    expect(days('ranker-v2').at(-1)?.slice(0, 7)).toBe('2026-06');
  });
});

describe('planted incidents', () => {
  it('are all there', () => {
    expect(org.truth.incidents.map(({ id }) => id)).toEqual([
      'bert-runaway-training',
      'idle-p4d-in-dev',
      'egress-spike',
      'listing-writer-price-switch',
      'copilot-prompt-release',
      'two-tower-more-replicas',
    ]);
  });

  it('stand out in the bills on the days and with the size that is told', () => {
    for (const { id, source, team, scope, day, endDay, expectedPerDay, actualPerDay } of org.truth
      .incidents) {
      const own = charges.filter(
        (row) =>
          row.source === source &&
          row.model === scope.model &&
          row.stage === scope.stage &&
          (scope.service ?? row.service) === row.service,
      );
      const mean = (first: string, last: string) => {
        const days = daysBetween(first, last) + 1;
        return Number(sum(own.filter((row) => row.day >= first && row.day <= last))) / 1e10 / days;
      };
      const before = mean(addDays(day, -28), addDays(day, -1));
      const during = mean(day, endDay);
      expect([id, new Set(own.map((row) => row.team))]).toEqual([id, new Set([team])]);
      expect(before).toBeCloseTo(Number(expectedPerDay), 4);
      expect(during).toBeCloseTo(Number(actualPerDay), 4);
      expect([id, during > 1.5 * before + 30]).toEqual([id, true]);
    }
  });

  it('let the bert job run into the last complete days, at several times the usual cost', () => {
    const bert = org.truth.incidents.find(({ id }) => id === 'bert-runaway-training');
    expect(bert).toMatchObject({ day: '2026-11-16', endDay: '2026-11-19', open: true, currency: 'USD' });
    expect(Number(bert?.actualPerDay)).toBeGreaterThan(4 * Number(bert?.expectedPerDay));
  });

  it('end where they ended, except the step that became normal', () => {
    const total = (model: string, service: string, first: string, last: string) =>
      usdSum(
        charges.filter(
          (row) =>
            row.model === model &&
            row.service === service &&
            row.stage === 'inference' &&
            row.day >= first &&
            row.day <= last,
        ),
      );
    const copilot = 'Claude Sonnet 4.5 (Amazon Bedrock Edition)';
    expect(total('support-copilot', copilot, '2026-10-01', '2026-10-09')).toBeLessThan(
      0.7 * total('support-copilot', copilot, '2026-09-21', '2026-09-29'),
    );
    expect(total('two-tower', 'Vertex AI', '2026-10-01', '2026-10-28')).toBeGreaterThan(
      1.4 * total('two-tower', 'Vertex AI', '2026-05-23', '2026-06-19'),
    );
  });
});
