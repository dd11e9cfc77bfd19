/** A place's cost per day with the band it was expected in: what charts of anomalies show. */
import { decide } from '../analysis/detectors/decide.ts';
import type { Judgement } from '../analysis/detectors/types.ts';
import { hintsOfTree, type PlannedMoney } from '../analysis/incidents/hints.ts';
import { readyDetector } from '../analysis/incidents/judge-node.ts';
import { covers, planOf } from '../analysis/incidents/plan.ts';
import { addDays, type Day, daysBetween, eachDay } from '../core/day.ts';
import { microsToNumber } from '../core/money.ts';
import { parseScope } from '../core/scope.ts';
import { pathKey, pathScope, type ScopePath } from '../core/scope-path.ts';
import { dayOfStamp } from '../core/series.ts';
import type { CostFilter } from '../store/daily-costs.ts';
import { listPlans, type StoredPlan } from '../store/planned-spend.ts';
import { gatesOf } from './analyse/judge-tree.ts';
import { newestRates } from './analyse/load-tree.ts';
import { whatWasSaid } from './analyse/score.ts';
import type { Context } from './context.ts';
import { loadPlace, type PlaceDays } from './judged-series/load-place.ts';

export interface JudgedSeries {
  readonly days: readonly Day[];
  readonly currency: string;
  /** Micros per day; null where unknown: no bill, or too little history for a band. */
  readonly actual: readonly (bigint | null)[];
  readonly expected: readonly (bigint | null)[];
  readonly lower: readonly (bigint | null)[];
  readonly upper: readonly (bigint | null)[];
  readonly anomalous: readonly boolean[];
  readonly detector: string;
  /** First day that is not complete. */
  readonly provisionalFrom?: Day;
  /** Spend that was announced for the place, or for something it is part of or has in it. */
  readonly planned: readonly { readonly label: string; readonly from: Day; readonly to: Day }[];
}

export interface JudgedDays {
  readonly days: number;
  readonly end: Day;
  readonly filter?: CostFilter;
  /** An anomaly of the place: the days of a slow rise are shown beside what was usual before it, as it was found. */
  readonly found?: { readonly detector: string; readonly firstStamp: string; readonly lastStamp: string };
}

/**
 * The last `days` days of a place up to `end`, judged as the settings have it for that place from all of its history
 * before. `filter` says what belongs to it where the path does not (a model of several teams). Undefined when none of its days is complete. Throws INVALID when settings name a detector there is not.
 */
export async function judgedSeries(
  context: Context,
  path: ScopePath,
  { days, end, filter, found }: JudgedDays,
): Promise<JudgedSeries | undefined> {
  const place = await loadPlace(context, path, end, filter);
  if (!place) return undefined;
  const { tree, node } = place;
  const plan = planOf(context.settings.anomalies, path);
  const plans = (await listPlans(context.store, { start: tree.start, end })).filter((one) =>
    concerns(one, path),
  );
  const hints = hintsOfTree(
    tree,
    plans.flatMap((one) => moneyOf(context, one, path)),
    await whatWasSaid(context),
  );
  const index = tree.nodes.findIndex((one) => pathKey(one.path) === pathKey(path));
  const series = { grain: 'day' as const, start: tree.start, values: node.values };
  const { detector, params } = readyDetector(plan.detector, plan.params);
  const judgement = detector.judge(series, params, hints.get(index));
  const gates = gatesOf(plan, node);
  const { episodes } = decide(series, judgement, gates, { detector });
  return {
    ...shown(place, found?.detector === 'drift' ? risen(place, judgement, found) : judgement, {
      first: addDays(end, 1 - days),
      end,
    }),
    anomalous: eachDay(addDays(end, 1 - days), end).map((day) => {
      const at = daysBetween(tree.start, day);
      return episodes.some(({ first, last }) => at >= first && at <= last);
    }),
    currency: node.currency,
    detector: detector.id,
    planned: plans.map(({ reason, start: from, end: to }) => ({ label: reason ?? 'planned', from, to })),
  };
}

/** The band of a slow rise is that of the days before it: the place's own detector has long got used to it. */
function risen(
  { tree, node }: PlaceDays,
  judgement: Judgement,
  { firstStamp, lastStamp }: NonNullable<JudgedDays['found']>,
): Judgement {
  const { detector, params } = readyDetector('drift', {});
  const before = detector.judge({ grain: 'day', start: tree.start, values: node.values }, params);
  const [from = 0, to = 0] = [firstStamp, lastStamp].map((stamp) =>
    daysBetween(tree.start, dayOfStamp(stamp)),
  );
  const merged = (usual: Float64Array, then: Float64Array) =>
    usual.map((value, at) =>
      at >= from && at <= to && Number.isFinite(before.expected[at]) ? (then[at] ?? value) : value,
    );
  return {
    ...judgement,
    expected: merged(judgement.expected, before.expected),
    lower: merged(judgement.lower, before.lower),
    upper: merged(judgement.upper, before.upper),
  };
}

function shown(
  { tree, node, arriving }: PlaceDays,
  { expected, lower, upper }: Judgement,
  { first, end }: { readonly first: Day; readonly end: Day },
) {
  const days = eachDay(first, end);
  const complete = addDays(tree.start, node.values.length);
  const from = (values: Float64Array) => days.map((day) => micros(values[daysBetween(tree.start, day)]));
  return {
    days,
    actual: from(node.values).map((known, index) => known ?? arriving.get(days[index] ?? '') ?? null),
    expected: from(expected),
    // Only charges are judged: below nothing there is nothing.
    lower: from(lower).map((amount) => (amount !== null && amount < 0n ? 0n : amount)),
    upper: from(upper),
    ...(complete <= end && { provisionalFrom: complete }),
  };
}

/** NaN and what lies outside of the series is unknown. */
function micros(units: number | undefined): bigint | null {
  return units === undefined || !Number.isFinite(units) ? null : BigInt(Math.round(units * 1e6));
}

function concerns({ scope }: StoredPlan, path: ScopePath): boolean {
  const planned = parseScope(scope);
  return covers(planned, path) || covers(pathScope(path), pathOf(planned));
}

/** A path that lies in the scope, for asking what else it lies in. */
function pathOf(scope: ReturnType<typeof parseScope>): ScopePath {
  if (scope.kind === 'model') return [null, scope.name, scope.stage ?? null];
  return scope.kind === 'team' ? [scope.name] : [];
}

/** What is planned for more than the place is not told apart here: of it nobody knows the place's part. */
function moneyOf(context: Context, plan: StoredPlan, path: ScopePath): PlannedMoney[] {
  const scope = parseScope(plan.scope);
  const rate = newestRates(context)(plan.currency);
  if (rate === undefined || (covers(scope, path) && !covers(pathScope(path), pathOf(scope)))) return [];
  // Within a tree of one place all of it is the place's.
  const own = pathScope(path);
  return [{ scope: own, amount: microsToNumber(plan.amountMicros) * rate, start: plan.start, end: plan.end }];
}
