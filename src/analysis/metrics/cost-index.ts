/** Costs sorted once, so that every metric finds its own without going through all of them. */
import type { Day } from '../../core/day.ts';
import type { Period } from '../../core/period.ts';
import type { CostPart } from './types.ts';

/** 10^-18 per day; null where it is not known. */
export type DailyCosts = ReadonlyMap<Day, bigint | null>;
type ByStage = Map<string | null, Map<Day, bigint | null>>;

export interface CostIndex {
  /** Costs of a model (or of everything, for null) per stage. */
  stagesOf(model: string | null): ReadonlyMap<string | null, DailyCosts>;
  /** Models that cost something in the period, in a stage or in any. */
  paying(stage: string | undefined): ReadonlySet<string>;
}

export function indexCosts(costs: readonly CostPart[], period: Period): CostIndex {
  const models = new Map<string | null, ByStage>();
  const payers = new Map<string | undefined, Set<string>>();
  for (const part of costs) {
    addCost(
      entry(models, part.model, () => new Map()),
      part,
    );
    if (part.model === null || !isPaid(part, period)) continue;
    entry(payers, part.stage ?? undefined, () => new Set()).add(part.model);
    entry(payers, undefined, () => new Set()).add(part.model);
  }
  let whole: ByStage | undefined;
  const all = () => {
    whole ??= costs.reduce((stages, part) => addCost(stages, part), new Map() as ByStage);
    return whole;
  };
  return {
    stagesOf: (model) => (model === null ? all() : (models.get(model) ?? new Map())),
    paying: (stage) => payers.get(stage) ?? new Set(),
  };
}

/** Unknown on a day makes the day unknown. */
function addCost(stages: ByStage, { stage, day, attos }: CostPart): ByStage {
  addDay(
    entry(stages, stage, () => new Map()),
    day,
    attos,
  );
  return stages;
}

/** Day by day the sum of several; one alone is not copied. */
export function sumDays(parts: readonly DailyCosts[]): DailyCosts {
  const [first, ...others] = parts;
  if (!first || others.length === 0) return first ?? new Map();
  const sums = new Map(first);
  for (const part of others) for (const [day, attos] of part) addDay(sums, day, attos);
  return sums;
}

function addDay(sums: Map<Day, bigint | null>, day: Day, attos: bigint | null): void {
  const before = sums.get(day);
  sums.set(day, attos === null || before === null ? null : (before ?? 0n) + attos);
}

/** Whether a cost is of a period and above zero. */
function isPaid({ day, attos }: CostPart, { start, end }: Period): boolean {
  return day >= start && day <= end && attos !== null && attos > 0n;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
