/** Scores the whole hierarchy: reads it, judges it, and can say which incidents there were on a day. */
import { incidentsAsOf } from '../../analysis/incidents/as-of.ts';
import { describeIncident } from '../../analysis/incidents/describe.ts';
import { hintsOfTree, type PlannedMoney, type Said } from '../../analysis/incidents/hints.ts';
import type { CostNode, CostTree, Judged } from '../../analysis/incidents/types.ts';
import type { AnomalySettings } from '../../core/analysis-settings.ts';
import type { FoundAnomaly } from '../../core/anomaly.ts';
import { type Day, daysBetween, later } from '../../core/day.ts';
import { microsToNumber } from '../../core/money.ts';
import { parseScope, type Scope } from '../../core/scope.ts';
import { pathKey, type ScopePath, SLICES, type Slice } from '../../core/scope-path.ts';
import { dayOfStamp } from '../../core/series.ts';
import { listAnomalies } from '../../store/anomalies.ts';
import { listBudgets } from '../../store/budgets.ts';
import type { SourceReach } from '../../store/freshness.ts';
import { listPlans } from '../../store/planned-spend.ts';
import type { Context } from '../context.ts';
import { hasOwnRule, judgeTree } from './judge-tree.ts';
import { loadTree, newestRates } from './load-tree.ts';
import { pricesOfRules } from './unit-prices.ts';

export interface ScoreOptions {
  /** As if this were the last day there is. */
  readonly at?: Day;
  /** Another detector for everything that no rule says otherwise of, with its parameters. */
  readonly detector?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

export interface Scored {
  /** Places that were scored. */
  readonly scopes: number;
  /** First and last day of the tree. */
  readonly start: Day;
  readonly end: Day;
  readonly sources: readonly SourceReach[];
  /** The place of a path; undefined when it has no cost in these days. */
  nodeOf(path: ScopePath): CostNode | undefined;
  /** What there was as of a day, of the incidents that touch `from` or later days. */
  incidents(days: { readonly from: Day; readonly upTo: Day }): FoundAnomaly[];
}

/** Undefined when no day is complete. Throws INVALID when settings name a detector or parameter there is not. */
export async function scoreHierarchy(
  context: Pick<Context, 'store' | 'settings' | 'now'>,
  { at, detector, params }: ScoreOptions = {},
): Promise<Scored | undefined> {
  const { anomalies } = context.settings;
  const settings = detector === undefined ? anomalies : { ...anomalies, detector, params: params ?? {} };
  const loaded = await loadTree(context, await slicesOf(context, settings), at);
  if (!loaded) return undefined;
  const { tree, sources, end } = loaded;
  const hints = hintsOfTree(tree, await plannedMoney(context, tree, end), await whatWasSaid(context));
  const prices = await pricesOfRules(context, tree, settings, end);
  const judged = await judgeTree(tree, {
    settings,
    hintsOf: (_, index) => hints.get(index),
    ratesOf: (node) => prices.get(pathKey(node.path)),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  });
  return toScored(judged, { tree, sources, end, settings });
}

function toScored(
  judged: Judged,
  {
    tree,
    sources,
    end,
    settings,
  }: { tree: CostTree; sources: readonly SourceReach[]; end: Day; settings: AnomalySettings },
): Scored {
  const places = new Map(tree.nodes.map((node) => [pathKey(node.path), node]));
  const own = tree.nodes.map((node) => hasOwnRule(settings, node));
  return {
    scopes: tree.nodes.length,
    start: tree.start,
    end,
    sources,
    nodeOf: (path) => places.get(pathKey(path)),
    incidents({ from, upTo }) {
      const last = daysBetween(tree.start, upTo);
      const days = {
        from: daysBetween(tree.start, from),
        upTo: last,
        named: (node: number) => own[node] ?? false,
      };
      const terms = { start: tree.start, severity: settings.severity, upTo: last };
      return incidentsAsOf(judged, days).map((incident) => describeIncident(judged, incident, terms));
    },
  };
}

/** What rules and budgets name beside teams and models is scored as a whole of its own. */
async function slicesOf(
  { store }: Pick<Context, 'store'>,
  { rules }: AnomalySettings,
): Promise<{ column: Slice; value: string }[]> {
  const budgets = await listBudgets(store);
  const scopes = [...rules.map(({ scope }) => scope), ...budgets.map(({ scope }) => parseScope(scope))];
  const slices = scopes.flatMap((scope) => toSlice(scope) ?? []);
  return [...new Map(slices.map((slice) => [`${slice.column}:${slice.value}`, slice])).values()];
}

function toSlice(scope: Scope): { column: Slice; value: string } | undefined {
  const column = SLICES.find((slice) => slice === scope.kind);
  return column && 'name' in scope ? { column, value: scope.name } : undefined;
}

async function plannedMoney(
  context: Pick<Context, 'store' | 'settings' | 'now'>,
  tree: CostTree,
  end: Day,
): Promise<PlannedMoney[]> {
  const rateOf = newestRates(context);
  const plans = await listPlans(context.store, { start: tree.start, end });
  return plans.flatMap((plan) => {
    const rate = rateOf(plan.currency);
    if (rate === undefined) return [];
    const amount = microsToNumber(plan.amountMicros) * rate;
    return [{ scope: parseScope(plan.scope), amount, start: plan.start, end: plan.end }];
  });
}

export async function whatWasSaid({ store }: Pick<Context, 'store'>): Promise<Said[]> {
  const judged = await listAnomalies(store, { judged: true }, { oldestFirst: true });
  return judged.flatMap(({ path, related, feedback, firstStamp, lastStamp, expectedUntil }) => {
    if (!feedback) return [];
    const last = dayOfStamp(lastStamp);
    const bounded = feedback === 'expected' && expectedUntil !== undefined;
    const endDay = bounded ? later(last, expectedUntil) : last;
    const others = related
      .map((one) => one.path)
      .filter((other) => other.length < path.length || isUnder(path, other));
    return [{ path, related: others, verdict: feedback, bounded, startDay: dayOfStamp(firstStamp), endDay }];
  });
}

function isUnder(path: ScopePath, other: ScopePath): boolean {
  return path.every((value, index) => value === other[index]);
}
