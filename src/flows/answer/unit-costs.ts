/** Unit costs of an answer: cost ÷ usage per metric, for the subject and for each of its rows. */
import type { Convert } from '../../analysis/convert.ts';
import type { CostPart, UnitInput, UsagePart } from '../../analysis/metrics/types.ts';
import { mainUnit, missingUnits, stageOf, unitCosts } from '../../analysis/metrics/unit-cost.ts';
import { later } from '../../core/day.ts';
import type { Basis, Breakdown } from '../../core/dimension.ts';
import type { Period } from '../../core/period.ts';
import type { Subject } from '../../core/question.ts';
import { type UnitCost, USAGE_METRICS } from '../../core/usage.ts';
import { readCostParts } from '../../store/cost-parts.ts';
import type { CostFilter } from '../../store/daily-costs.ts';
import { hasUsage, sumUsage, type UsageFilter } from '../../store/usage.ts';
import type { Context } from '../context.ts';
import type { Reach } from './reach.ts';

export interface AnswerUnits {
  readonly unitCosts: readonly UnitCost[];
  /** By row key, where the breakdown is by team, model or stage. */
  readonly byRow: ReadonlyMap<string | null, UnitCost>;
}

export interface UnitQuestion {
  readonly subject: Subject;
  readonly filter: CostFilter;
  readonly by: Breakdown;
  readonly currency: string;
  readonly basis: Basis;
  readonly reach: Reach;
  /** The complete days of the period, and those they are compared with. */
  readonly compared: { readonly period: Period; readonly previous: Period };
  readonly convert: Convert;
}

const NONE: AnswerUnits = { unitCosts: [], byRow: new Map() };

/** Empty when nobody imports usage, and for cost that nobody claims: its usage is nobody's either. */
export async function answerUnits(context: Context, question: UnitQuestion): Promise<AnswerUnits> {
  const { subject, reach, by } = question;
  if (subject.kind === 'unallocated') return NONE;
  if (!(await hasUsage(context.store))) return NONE;
  const input = await readInput(context, question);
  const named = subject.kind === 'model' || subject.kind === 'team';
  if (input.usage.length === 0 && !named) return NONE;
  // Scores of different models have no average.
  const computed = unitCosts(input).filter(
    ({ unitCost }) => unitCost.metric !== 'quality' || subject.kind === 'model',
  );
  if (reach.completeEnd === undefined)
    return { unitCosts: computed.map(({ unitCost }) => notYet(unitCost)), byRow: new Map() };
  return {
    unitCosts: [...computed.map(({ unitCost }) => unitCost), ...(named ? missingUnits(input) : [])],
    byRow: rowUnits(input, by),
  };
}

/** No day of the period is complete: what has arrived of cost and usage is no ratio. */
function notYet({ metric, per, stage, previousAttos, previousQuantity }: UnitCost): UnitCost {
  const unknown = 'no day is complete yet';
  const nothing = { attos: null, changeRatio: null, quantity: null };
  return { metric, per, ...nothing, previousAttos, previousQuantity, ...(stage && { stage }), unknown };
}

interface KeyedInput extends UnitInput {
  readonly costs: readonly (CostPart & { readonly team: string | null })[];
  readonly usage: readonly (UsagePart & { readonly team: string | null })[];
}

async function readInput({ store }: Context, question: UnitQuestion): Promise<KeyedInput> {
  const { filter, by, currency, basis, reach, compared, convert } = question;
  const { stage, ...others } = filter;
  const since = (period: Period) => ({
    ...period,
    start: later(period.start, reach.firstDay ?? period.start),
  });
  const [period, previous] = [since(compared.period), since(compared.previous)];
  const span = { start: previous.start, end: period.end };
  const usage = await sumUsage(store, {
    ...span,
    metrics: USAGE_METRICS,
    by: by === 'team' ? ['model', 'stage', 'team'] : ['model', 'stage'],
    filter: usageFilter(others),
    completeOnly: true,
  });
  const parts = await readCostParts(store, { ...span, filter, basis, teams: by === 'team' });
  return {
    period,
    previous,
    usage: usage
      .map(({ keys, ...sum }) => ({
        ...sum,
        model: keys.model ?? null,
        stage: keys.stage ?? null,
        team: keys.team ?? null,
      }))
      .filter((row) => typeof stage !== 'string' || stageOf(row) === stage),
    costs: parts.map(({ currency: from, attos, ...part }) => ({
      ...part,
      attos: attos === null ? null : (convert(attos, from, currency, part.day) ?? null),
    })),
  };
}

/** Usage knows no regions, accounts or categories; subjects are never of these. */
function usageFilter({ region: _, account: __, category: ___, ...filter }: CostFilter): UsageFilter {
  return filter;
}

function rowUnits(input: KeyedInput, by: Breakdown): Map<string | null, UnitCost> {
  if (by !== 'model' && by !== 'team' && by !== 'stage') return new Map();
  const costs = group(input.costs, (part) => part[by]);
  const usage = group(input.usage, (row) => (by === 'stage' ? stageOf(row) : row[by]) ?? null);
  const units = new Map<string | null, UnitCost>();
  for (const [key, own] of costs) {
    if (key === null) continue;
    const unit = mainUnit({ ...input, costs: own, usage: usage.get(key) ?? [] });
    if (unit) units.set(key, unit);
  }
  return units;
}

function group<T>(items: readonly T[], keyOf: (item: T) => string | null): Map<string | null, T[]> {
  const groups = new Map<string | null, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
