import { describe, expect, it } from 'vitest';
import { describeAsk } from '../../../src/sources/aws-cost-explorer/plan-types.ts';
import { createRandom } from '../stand-in/random.ts';
import { answerOf, cellsOf, type Entry, run, truthOf } from './ledger.ts';

interface Shape {
  readonly services: number;
  readonly accounts: number;
  readonly teams: number;
  readonly models?: number;
  /** Share of the combinations that cost something. */
  readonly density?: number;
  /** The team of every model, or of every account, is one. */
  readonly teamOf?: 'model' | 'account';
}

const DAYS = ['2026-11-01 USD', '2026-11-02 USD', '2026-11-02 EUR'];

function billOf({ services, accounts, teams, models = 1, density = 1, teamOf }: Shape): Entry[] {
  const random = createRandom(5);
  const count = (length: number) => Array.from({ length }, (_, index) => index);
  return DAYS.flatMap((slot) =>
    count(services).flatMap((service) =>
      count(accounts).flatMap((account) =>
        count(teams).flatMap((team) =>
          count(models).flatMap((model): Entry[] => {
            if (random() > density) return [];
            if (teamOf === 'model' && model % teams !== team) return [];
            if (teamOf === 'account' && account % teams !== team) return [];
            const amount = BigInt(Math.floor(random() * 1e10)) * 10n ** 8n;
            return [
              {
                slot,
                of: {
                  SERVICE: `service ${service}`,
                  ACCOUNT: `${account}`,
                  team: team === 0 ? '' : `team ${team}`,
                  model: `model ${model}`,
                  TYPE: random() < 0.1 ? 'Credit' : 'Usage',
                },
                amounts: [random() < 0.1 ? -amount : amount, amount],
              },
            ];
          }),
        ),
      ),
    ),
  );
}

describe('the fewest requests that give all dimensions together', () => {
  it.each<[string, Shape, string[], number]>([
    ['two dimensions', { services: 25, accounts: 3, teams: 4 }, ['ACCOUNT'], 1],
    ['3 accounts, 25 services, 1 tag', { services: 25, accounts: 3, teams: 4 }, ['ACCOUNT', 'team'], 4],
    ['one account', { services: 25, accounts: 1, teams: 4 }, ['ACCOUNT', 'team'], 2],
    ['one team', { services: 25, accounts: 3, teams: 1 }, ['ACCOUNT', 'team'], 2],
    ['many accounts, few teams', { services: 25, accounts: 20, teams: 3 }, ['ACCOUNT', 'team'], 4],
    ['many of both, one service', { services: 1, accounts: 30, teams: 30 }, ['ACCOUNT', 'team'], 3],
    [
      'an account per team',
      { services: 25, accounts: 12, teams: 12, teamOf: 'account' },
      ['ACCOUNT', 'team'],
      3,
    ],
    [
      'a team per model',
      { services: 12, accounts: 1, teams: 6, models: 18, teamOf: 'model' },
      ['ACCOUNT', 'team', 'model'],
      4,
    ],
  ])('%s', (_, shape, more, requests) => {
    const entries = billOf(shape);
    const dimensions = ['SERVICE', ...more];
    const plan = run(dimensions, (ask) => answerOf(entries, ask));
    expect(plan.asks.map(describeAsk)).toHaveLength(requests);
    expect(plan.asked).toBe(requests);
    expect(plan.needed).toBe(requests);
    expect(cellsOf(plan.parts)).toEqual(truthOf(entries, dimensions));
  });

  it('takes every cell apart exactly, with five dimensions and gaps', () => {
    const entries = billOf({ services: 20, accounts: 3, teams: 5, models: 3, density: 0.1 });
    const dimensions = ['SERVICE', 'ACCOUNT', 'TYPE', 'team', 'model'];
    const plan = run(dimensions, (ask) => answerOf(entries, ask));
    expect(cellsOf(plan.parts)).toEqual(truthOf(entries, dimensions));
    expect(plan.asked).toBeLessThanOrEqual(20);
    expect(plan.shortfalls.size).toBe(0);
  });

  it('asks for what is open only, and says so in words', () => {
    const only = (service: string, account: string, team: string, amount: bigint): Entry => ({
      slot: 'd',
      of: { SERVICE: service, ACCOUNT: account, team },
      amounts: [amount * 10n ** 18n],
    });
    const entries = [
      ...[
        only('S3', '1', 'a', 5n),
        only('S3', '1', 'b', 7n),
        only('Tax', '1', '', 1n),
        only('Tax', '2', '', 1n),
      ],
      ...[
        only('EC2', '1', 'a', 2n),
        only('EC2', '1', 'b', 3n),
        only('EC2', '2', 'a', 4n),
        only('EC2', '2', 'b', 9n),
      ],
    ];
    const plan = run(['SERVICE', 'ACCOUNT', 'team'], (ask) => answerOf(entries, ask));
    expect(plan.asks.map(describeAsk)).toEqual([
      'SERVICE × ACCOUNT',
      'SERVICE × team',
      'SERVICE × team where SERVICE is EC2 and ACCOUNT is 1',
    ]);
    expect(cellsOf(plan.parts)).toEqual(truthOf(entries, ['SERVICE', 'ACCOUNT', 'team']));
  });

  it('needs no request for free tiers', () => {
    const entries = ['1', '2', '3'].flatMap((account) =>
      ['', 'a'].map(
        (team): Entry => ({ slot: 'd', of: { SERVICE: 'Lambda', ACCOUNT: account, team }, amounts: [0n] }),
      ),
    );
    expect(run(['SERVICE', 'ACCOUNT', 'team'], (ask) => answerOf(entries, ask)).asked).toBe(2);
  });
});

describe('what does not add up is not believed', () => {
  const entries = billOf({ services: 5, accounts: 3, teams: 3 });
  const dimensions = ['SERVICE', 'ACCOUNT', 'team'];
  const base = truthOf(entries, dimensions.slice(0, 2));
  const coarse = (plan: ReturnType<typeof run>) =>
    cellsOf(
      answerOf(
        plan.parts.map(({ slot, values, amounts }) => ({
          slot,
          of: { SERVICE: values[0] ?? '', ACCOUNT: values[1] ?? '' },
          amounts,
        })),
        { groupBy: dimensions.slice(0, 2), where: [] },
      ),
    );

  it('an endpoint that ignores filters: the accounts stay, the teams are unknown', () => {
    const plan = run(dimensions, (ask) => answerOf(entries, { ...ask, where: [] }));
    expect([...plan.shortfalls]).toEqual(['mismatch']);
    expect(plan.asked).toBe(3);
    expect(coarse(plan)).toEqual(base);
    expect(plan.parts.every(({ values }) => values[2] === undefined)).toBe(true);
  });

  it('a bill that was restated between two requests: only the service it was', () => {
    const restated = entries.map((entry) =>
      entry.of.SERVICE === 'service 2' && entry.of.ACCOUNT === '1'
        ? { ...entry, amounts: entry.amounts.map((amount) => amount * 2n) }
        : entry,
    );
    const plan = run(dimensions, (ask, index) => answerOf(index === 0 ? entries : restated, ask));
    const unknown = new Set(
      plan.parts.filter(({ values }) => values[2] === undefined).map(({ values }) => values[0]),
    );
    expect([...unknown]).toEqual(['service 2']);
    expect(coarse(plan)).toEqual(base);
  });

  it("the other side's rounding is no restatement, and leaves no crumbs", () => {
    const DIGITS = 10n ** 8n;
    const rounded = (amount: bigint) => ((amount + DIGITS / 2n) / DIGITS) * DIGITS;
    const fine = entries.map((entry, index) => ({
      ...entry,
      amounts: entry.amounts.map((amount) => amount + BigInt(index % 7) * 13_000_003n),
    }));
    const plan = run(dimensions, (ask) =>
      answerOf(fine, ask).map((row) => ({ ...row, amounts: row.amounts.map(rounded) })),
    );
    expect(plan.shortfalls.size).toBe(0);
    const cells = (rows: string[]) => rows.map((row) => row.split(' | ').slice(0, 4).join(' | '));
    expect(cells(cellsOf(plan.parts))).toEqual(cells(truthOf(fine, dimensions)));
    expect(coarse(plan)).toEqual(
      cellsOf(
        answerOf(fine, { groupBy: dimensions.slice(0, 2), where: [] }).map((row) => ({
          ...row,
          amounts: row.amounts.map(rounded),
        })),
      ),
    );
  });
});

describe('a request that is refused', () => {
  it('leaves out what it was for, and nothing else', () => {
    const entries = billOf({ services: 5, accounts: 1, teams: 3, models: 2 });
    const plan = run(['SERVICE', 'ACCOUNT', 'team', 'TYPE'], (ask) =>
      ask.groupBy.includes('team') ? 'refused' : answerOf(entries, ask),
    );
    expect([...plan.shortfalls]).toEqual(['refused']);
    expect(
      cellsOf(
        plan.parts.map(({ slot, values, amounts }) => ({
          slot,
          values: values.filter((_, at) => at !== 2),
          amounts,
        })),
      ),
    ).toEqual(truthOf(entries, ['SERVICE', 'ACCOUNT', 'TYPE']));
    expect(plan.parts.every(({ values }) => values[2] === undefined)).toBe(true);
  });
});

describe('a budget that is too small', () => {
  const entries = billOf({ services: 5, accounts: 4, teams: 5, models: 2 });
  const dimensions = ['SERVICE', 'ACCOUNT', 'team', 'model'];
  const full = run(dimensions, (ask) => answerOf(entries, ask));

  it.each([1, 2, 3, 4, 5])('%i requests: the total stays, and what is needed is known', (budget) => {
    const plan = run(dimensions, (ask, index) => (index < budget ? answerOf(entries, ask) : undefined));
    expect(plan.asked).toBe(budget);
    expect([...plan.shortfalls]).toEqual(['budget']);
    expect(plan.needed).toBeGreaterThan(budget);
    expect(plan.needed).toBeLessThanOrEqual(full.asked);
    const sum = (rows: readonly { amounts: readonly bigint[] }[]) =>
      rows.reduce((total, { amounts }) => total + (amounts[0] ?? 0n), 0n);
    expect(sum(plan.parts)).toBe(sum(entries));
  });
});
