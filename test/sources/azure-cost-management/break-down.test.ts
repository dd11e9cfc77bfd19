/** Every amount is counted once, whatever the service's answers to the finer queries are. */
import { describe, expect, it } from 'vitest';
import { type BrokenDown, breakDown } from '../../../src/sources/azure-cost-management/break-down.ts';
import type { Cell } from '../../../src/sources/azure-cost-management/cells.ts';
import type { Answer, Filter } from '../../../src/sources/azure-cost-management/client.ts';
import { type Grouping, idOf } from '../../../src/sources/azure-cost-management/dimensions.ts';
import { sums } from './collect.ts';

const SERVICE: Grouping = { type: 'Dimension', name: 'ServiceName' };
const KIND: Grouping = { type: 'Dimension', name: 'ChargeType' };
const TEAM: Grouping = { type: 'TagKey', name: 'team' };
const MODEL: Grouping = { type: 'TagKey', name: 'model' };

/** Service, charge type, team, model, amount. */
type Row = readonly [string, string, string, string, number];
const ROWS: readonly Row[] = [
  ['vm', 'Usage', 'search', 'bert', 10.5],
  ['vm', 'Usage', 'search', '', 0.25],
  ['vm', 'Usage', '', 'bert', 3],
  ['vm', 'Purchase', '', '', 100],
  ['disk', 'Usage', 'growth', 'bert', 0.1],
  ['disk', 'Usage', 'growth', 'gpt', 0.2],
  ['disk', 'Usage', 'growth', '', -0.3],
];
const ALL = [SERVICE, KIND, TEAM, MODEL];

/** Groups the rows as the service would; amounts are floating-point sums, like the service's. */
function service(rows: readonly Row[]) {
  const queries: { group: string[]; filters: string[] }[] = [];
  const at = (row: Row, grouping: Grouping) =>
    String(row[ALL.findIndex((each) => idOf(each) === idOf(grouping))] ?? '');
  const ask = async (groupings: readonly Grouping[], filters: readonly Filter[]): Promise<Answer> => {
    queries.push({
      group: groupings.map(({ name }) => name),
      filters: filters.map(({ grouping, value }) => `${grouping.name}=${value}`),
    });
    const found = new Map<string, number>();
    for (const row of rows.filter((each) =>
      filters.every(({ grouping, value }) => at(each, grouping) === value),
    )) {
      const key = JSON.stringify(groupings.map((grouping) => at(row, grouping)));
      found.set(key, (found.get(key) ?? 0) + row[4]);
    }
    return { cells: [...found].map(([key, amount]) => cell(groupings, JSON.parse(key), amount)) };
  };
  return { ask, queries };
}

function cell(groupings: readonly Grouping[], values: readonly string[], amount: number): Cell {
  const named = new Map(groupings.map((grouping, index) => [idOf(grouping), values[index] ?? '']));
  return { day: '2026-10-01', currency: 'EUR', amount: String(amount), values: named };
}

async function run(ask: ReturnType<typeof service>['ask'], more: { width?: number; queries?: number } = {}) {
  const found = await breakDown({ groupings: ALL, width: 2, queries: 60, ask, ...more });
  if ('refused' in found) throw new Error(found.refused);
  return found;
}

const total = ({ cells }: BrokenDown) =>
  sums(
    cells,
    ({ currency }) => currency,
    ({ amount }) => amount,
  ).EUR;
const told = ({ cells }: BrokenDown) =>
  cells
    .map(({ values, amount }) =>
      [...ALL.map((grouping) => values.get(idOf(grouping)) ?? '?'), amount].join(' '),
    )
    .sort();
const EXPECTED = [
  'disk Usage growth  -0.3',
  'disk Usage growth bert 0.1',
  'disk Usage growth gpt 0.2',
  'vm Purchase   100',
  'vm Usage  bert 3',
  'vm Usage search  0.25',
  'vm Usage search bert 10.5',
];

describe('breaking down', () => {
  it('takes two groupings at a time and one tag, with the dust of its sums on the largest part', async () => {
    const { ask, queries } = service(ROWS);
    const found = await run(ask);
    expect(told(found).map((line) => line.replace(/-0\.29999+\S*/, '-0.3'))).toEqual(EXPECTED);
    expect(found.warnings).toEqual([]);
    expect(queries.every(({ group }) => group.length === 2)).toBe(true);
    // Base; by charge type (2); by team where there is one, and without one (3 and 1).
    expect(queries).toHaveLength(1 + 2 + 3 + 1);
  });

  it('keeps the day to the digit of the first query', async () => {
    const { ask } = service(ROWS);
    const base = await ask([SERVICE, KIND], []);
    if ('refused' in base) throw new Error('refused');
    expect(total(await run(ask))).toBe(total({ cells: base.cells, warnings: [] }));
  });

  it('asks once where the service takes all but the second tag', async () => {
    const { ask, queries } = service(ROWS);
    const found = await run(ask, { width: 10 });
    expect(total(found)).toBe(total(await run(service(ROWS).ask)));
    expect(queries[0]?.group).toEqual(['ServiceName', 'ChargeType', 'team']);
    expect(queries.slice(1).every(({ group }) => group.join() === 'ServiceName,ChargeType,model')).toBe(true);
    expect(queries.slice(1).map(({ filters }) => filters)).toEqual([
      ['team=search'],
      ['team=growth'],
      ['team='],
    ]);
  });

  it('leaves whole what does not add up, and says so', async () => {
    const { ask } = service(ROWS);
    const forgetful = async (groupings: readonly Grouping[], filters: readonly Filter[]) => {
      const answer = await ask(groupings, filters);
      if ('refused' in answer || !filters.some(({ value }) => value === 'search')) return answer;
      return { cells: answer.cells.slice(1) };
    };
    const found = await run(forgetful);
    expect(told(found)).toContain('vm Usage search ? 10.75');
    expect(total(found)).toBe(total(await run(ask)));
    expect(found.warnings).toEqual([
      '10.75 EUR stays less broken down: the parts that Azure lists do not add up to it.',
    ]);
  });

  it.each(['refused', 'ignored'])('finds what has no tag where filtering by nothing is %s', async (how) => {
    const { ask } = service(ROWS);
    const without = async (groupings: readonly Grouping[], filters: readonly Filter[]): Promise<Answer> => {
      if (!filters.some(({ value }) => value === '')) return ask(groupings, filters);
      return how === 'refused' ? { refused: 'filter', said: 'no' } : { cells: [] };
    };
    const found = await run(without);
    expect(told(found)).toContain('vm Usage  bert 3');
    expect(told(found)).toContain('vm Purchase   100');
    expect(total(found)).toBe(total(await run(ask)));
    expect(found.warnings).toEqual([]);
  });

  it('stops at the limit with the dearest broken down, and counts nothing twice', async () => {
    const { ask, queries } = service(ROWS);
    const found = await run(ask, { queries: 4 });
    expect(queries).toHaveLength(4);
    expect(queries[1]?.filters).toEqual(['ChargeType=Purchase']);
    expect(total(found)).toBe(total(await run(service(ROWS).ask)));
    expect(found.warnings).toEqual([
      expect.stringMatching(/EUR stays less broken down: .* more than 4 queries/),
    ]);
  });

  it('hands back which grouping is refused, at whatever depth', async () => {
    const { ask } = service(ROWS);
    const refusing = async (groupings: readonly Grouping[], filters: readonly Filter[]): Promise<Answer> =>
      groupings.includes(MODEL)
        ? { refused: 'groupings', said: "'model' is not known" }
        : ask(groupings, filters);
    expect(await breakDown({ groupings: ALL, width: 2, queries: 60, ask: refusing })).toEqual({
      refused: "'model' is not known",
    });
  });

  it('is nothing of nothing', async () => {
    expect(await run(service([]).ask)).toEqual({ cells: [], warnings: [] });
  });
});
