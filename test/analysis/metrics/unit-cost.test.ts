/** Unit costs against answers worked out by hand. */
import { describe, expect, it } from 'vitest';
import type { CostPart, UnitInput, UsagePart } from '../../../src/analysis/metrics/types.ts';
import { mainUnit, missingUnits, unitCosts } from '../../../src/analysis/metrics/unit-cost.ts';
import type { UsageMetric } from '../../../src/core/usage.ts';

const DOLLAR = 10n ** 18n;

function cost(
  day: string,
  dollars: bigint | null,
  stage: string | null = 'inference',
  model = 'bert',
): CostPart {
  return { day, model, stage, attos: dollars === null ? null : dollars * DOLLAR };
}

function used(
  day: string,
  metric: UsageMetric,
  quantity: number,
  more: Partial<Pick<UsagePart, 'model' | 'stage' | 'rows'>> = {},
): UsagePart {
  return {
    day,
    metric,
    quantityMicros: BigInt(Math.round(quantity * 1e6)),
    rows: 1,
    model: 'bert',
    stage: null,
    ...more,
  };
}

function input(costs: readonly CostPart[], usage: readonly UsagePart[]): UnitInput {
  return {
    costs,
    usage,
    period: { start: '2026-11-04', end: '2026-11-06' },
    previous: { start: '2026-11-01', end: '2026-11-03' },
  };
}

function only(costs: readonly CostPart[], usage: readonly UsagePart[]) {
  const [first] = unitCosts(input(costs, usage));
  if (!first) throw new Error('There is no unit cost.');
  return first.unitCost;
}

describe('a unit cost', () => {
  it('is cost ÷ usage, beside the period before', () => {
    const unit = only(
      [cost('2026-11-01', 10n), cost('2026-11-04', 12n), cost('2026-11-05', 12n)],
      [
        used('2026-11-01', 'requests', 10_000),
        used('2026-11-04', 'requests', 10_000),
        used('2026-11-05', 'requests', 20_000),
      ],
    );
    // $10 for 10k requests before; $24 for 30k now.
    expect(unit).toMatchObject({
      metric: 'requests',
      per: '1k requests',
      attos: (8n * DOLLAR) / 10n,
      previousAttos: DOLLAR,
      quantity: 30_000_000_000n,
      previousQuantity: 10_000_000_000n,
      stage: 'inference',
    });
    expect(unit.changeRatio).toBeCloseTo(-0.2, 12);
    expect(unit).not.toHaveProperty('days');
    expect(unit).not.toHaveProperty('unknown');
  });

  it('leaves out the cost of days without usage, and says of how many', () => {
    const costs = [cost('2026-11-04', 10n), cost('2026-11-05', 10n), cost('2026-11-06', 400n)];
    const unit = only(costs, [used('2026-11-04', 'requests', 500), used('2026-11-05', 'requests', 500)]);
    expect([unit.attos, unit.days]).toEqual([20n * DOLLAR, { known: 2, of: 3 }]);
  });

  it('counts an idle day: its usage is known to be zero', () => {
    const unit = only(
      [cost('2026-11-04', 10n), cost('2026-11-05', 10n)],
      [used('2026-11-04', 'requests', 1000), used('2026-11-05', 'requests', 0)],
    );
    expect([unit.attos, unit.days]).toEqual([20n * DOLLAR, undefined]);
  });

  it('does not count days on which nothing was spent and nothing used', () => {
    const unit = only([cost('2026-11-05', 30n, 'training')], [used('2026-11-05', 'epochs', 3)]);
    expect([unit.attos, unit.days, unit.stage]).toEqual([10n * DOLLAR, undefined, 'training']);
  });

  it('divides only the stage that the usage is of', () => {
    const units = unitCosts(
      input(
        [cost('2026-11-04', 8n), cost('2026-11-04', 90n, 'training'), cost('2026-11-04', 5n, 'data')],
        [used('2026-11-04', 'requests', 4000), used('2026-11-04', 'gpu_hours', 30)],
      ),
    );
    expect(units.map(({ unitCost }) => [unitCost.metric, unitCost.attos, unitCost.stage])).toEqual([
      ['requests', 2n * DOLLAR, 'inference'],
      ['gpu_hours', 3n * DOLLAR, 'training'],
    ]);
  });

  it('takes the stage that the usage itself says', () => {
    const unit = only(
      [cost('2026-11-04', 8n), cost('2026-11-04', 90n, 'training')],
      [used('2026-11-04', 'gpu_hours', 4, { stage: 'inference' })],
    );
    expect([unit.attos, unit.stage]).toEqual([2n * DOLLAR, 'inference']);
  });

  it('divides all cost where stages are not known, and does not call it a stage', () => {
    const unit = only([cost('2026-11-04', 8n, null)], [used('2026-11-04', 'requests', 1000)]);
    expect(unit.attos).toBe(8n * DOLLAR);
    expect(unit).not.toHaveProperty('stage');
  });

  it('divides of several models only those with usage', () => {
    const unit = only(
      [cost('2026-11-04', 10n), cost('2026-11-04', 1000n, 'inference', 'unmetered')],
      [used('2026-11-04', 'requests', 1000)],
    );
    expect([unit.attos, unit.models]).toEqual([10n * DOLLAR, { known: 1, of: 2 }]);
  });

  it('divides all of it when usage does not name its models', () => {
    const unit = only(
      [cost('2026-11-04', 10n), cost('2026-11-04', 30n, 'inference', 'other')],
      [used('2026-11-04', 'requests', 1000, { model: null })],
    );
    expect([unit.attos, unit.models]).toEqual([40n * DOLLAR, undefined]);
  });

  it('adds kinds of tokens up, and still tells each', () => {
    const units = unitCosts(
      input(
        [cost('2026-11-04', 12n)],
        [used('2026-11-04', 'input_tokens', 3e6), used('2026-11-04', 'output_tokens', 1e6)],
      ),
    );
    expect(units.map(({ unitCost }) => [unitCost.per, unitCost.attos])).toEqual([
      ['1M tokens', 3n * DOLLAR],
      ['1M input tokens', 4n * DOLLAR],
      ['1M output tokens', 12n * DOLLAR],
    ]);
  });

  it('averages quality instead of adding it up', () => {
    const unit = only(
      [cost('2026-11-04', 60n), cost('2026-11-05', 30n, 'training')],
      [used('2026-11-04', 'quality', 1.6, { rows: 2 }), used('2026-11-05', 'quality', 0.7)],
    );
    // Averages 0.8 and 0.7: $90 ÷ 1.5, and 0.75 on average.
    expect([unit.attos, unit.quantity, unit.stage]).toEqual([60n * DOLLAR, 750_000n, undefined]);
  });

  it('rounds only at the 18th decimal', () => {
    expect(only([cost('2026-11-04', 10n)], [used('2026-11-04', 'epochs', 3)]).attos).toBe(
      3_333_333_333_333_333_333n,
    );
  });
});

describe('an unknown unit cost', () => {
  it.each([
    ['no usage data', [cost('2026-11-04', 5n)], [used('2026-11-01', 'requests', 5)]],
    ['nothing was used', [cost('2026-11-04', 5n)], [used('2026-11-04', 'requests', 0)]],
    [
      'the cost of the days with usage is not known',
      [cost('2026-11-04', null)],
      [used('2026-11-04', 'requests', 5)],
    ],
  ])('says why: %s', (reason, costs, usage) => {
    expect(only(costs, usage)).toMatchObject({ attos: null, changeRatio: null, unknown: reason });
  });

  it('is said of stages that cost something and count nothing', () => {
    const costs = [
      cost('2026-11-04', 5n),
      cost('2026-11-04', 5n, 'training'),
      cost('2026-11-04', 5n, 'data'),
    ];
    const missing = (usage: readonly UsagePart[]) =>
      missingUnits(input(costs, usage)).map(({ metric, stage, unknown }) => [metric, stage, unknown]);
    expect(missing([])).toEqual([
      ['requests', 'inference', 'no usage data'],
      ['gpu_hours', 'training', 'no usage data'],
    ]);
    expect(missing([used('2026-11-04', 'input_tokens', 5)])).toEqual([
      ['gpu_hours', 'training', 'no usage data'],
    ]);
    expect(missingUnits(input([cost('2026-11-04', 5n, 'data')], []))).toEqual([]);
    expect(missingUnits(input([cost('2026-11-04', 5n, null)], [])).map(({ metric }) => metric)).toEqual([
      'requests',
    ]);
  });
});

describe('the main unit cost', () => {
  it('is that of the largest cost, and a known one before an unknown', () => {
    const costs = [cost('2026-11-04', 5n), cost('2026-11-04', 90n, 'training')];
    const usage = [used('2026-11-04', 'requests', 5), used('2026-11-04', 'gpu_hours', 5)];
    expect(mainUnit(input(costs, usage))?.metric).toBe('gpu_hours');
    expect(mainUnit(input(costs, usage.slice(0, 1)))?.metric).toBe('requests');
    expect(mainUnit(input(costs, []))).toMatchObject({ metric: 'requests', unknown: 'no usage data' });
    expect(mainUnit(input([cost('2026-11-04', 5n, 'data')], []))).toBeUndefined();
  });
});
