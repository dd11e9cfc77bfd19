/** Judges every place of the tree by the rules that hold for it. */

import type { Gates, Hints } from '../../analysis/detectors/types.ts';
import {
  type JudgeOptions,
  judgeNode,
  type Ready,
  readyDetector,
} from '../../analysis/incidents/judge-node.ts';
import { isScope, type Plan, planOf } from '../../analysis/incidents/plan.ts';
import type { CostNode, CostTree, Judged, NodeVerdict } from '../../analysis/incidents/types.ts';
import type { AnomalySettings } from '../../core/analysis-settings.ts';
import { microsToNumber } from '../../core/money.ts';
import { sliceOf } from '../../core/scope-path.ts';

/** Services are judged for jumps; what creeps is looked for in what people own. */
const DEEPEST_DRIFT = 3;

export interface JudgeTreeOptions {
  readonly settings: AnomalySettings;
  /** What people said and planned, by index of the node. */
  readonly hintsOf: (node: CostNode, index: number) => Hints | undefined;
  /** Unit prices instead of cost, where a rule asks for them. */
  readonly ratesOf?: (node: CostNode, plan: Plan) => UnitPrices | undefined;
  /** Called now and then, so that others get their turn. */
  readonly pause?: () => Promise<void>;
}

/** What one unit cost per day, and how many units there were. */
export interface UnitPrices {
  readonly prices: Float64Array;
  readonly units: Float64Array;
}

const NODES_BETWEEN_PAUSES = 500;

/** The tree with what its detectors found. Throws INVALID when settings name a detector or parameter there is not. */
export async function judgeTree(tree: CostTree, options: JudgeTreeOptions): Promise<Judged> {
  const ready = createReady();
  const verdicts: NodeVerdict[] = [];
  for (const [index, node] of tree.nodes.entries()) {
    verdicts.push(judgeOne(tree, node, index, { ...options, ready }));
    if (index % NODES_BETWEEN_PAUSES === 0) await options.pause?.();
  }
  return { nodes: tree.nodes, verdicts };
}

function judgeOne(
  tree: CostTree,
  node: CostNode,
  index: number,
  {
    settings,
    hintsOf,
    ratesOf,
    ready,
  }: JudgeTreeOptions & { readonly ready: ReturnType<typeof createReady> },
): NodeVerdict {
  const plan = planOf(settings, node.path);
  const gates = gatesOf(plan, node);
  if (plan.mute) return { gates, flags: [], muted: true };
  if (node.values.length === 0 || isTooSmall(node, gates)) return { gates, flags: [] };
  const series = { grain: 'day' as const, start: tree.start, values: node.values };
  const rates = plan.rule?.per !== undefined ? ratesOf?.(node, plan) : undefined;
  // Without usage a price is not known: the place is judged as everything else is.
  const wanted = plan.rule?.per !== undefined && !rates ? settings : plan;
  const main = ready(wanted.detector, wanted.params);
  const deep = sliceOf(node.path) === undefined && node.path.length > DEEPEST_DRIFT;
  const judging: JudgeOptions = {
    main: rates ? inMoney(main, rates) : main,
    gates,
    fresh: ready('new-spend', { minimum: gates.minimumImpact }),
    ...(!deep && plan.detector !== 'drift' && { drift: ready('drift', {}) }),
  };
  return judgeNode(series, judging, hintsOf(node, index));
}

/** What never cost as much as an anomaly must be above expected can have none: the long tail is not judged. */
function isTooSmall({ values }: CostNode, { direction, minimumImpact }: Gates): boolean {
  return direction === 'up' && values.every((value) => !(value >= minimumImpact));
}

/** What a place must differ by, in its own currency. */
export function gatesOf(plan: Plan, node: Pick<CostNode, 'rate'>): Gates {
  return {
    direction: plan.direction,
    minimumImpact: microsToNumber(plan.minimumImpactMicros) / (node.rate || 1),
    minimumShare: plan.minimumShare,
    minimumSteps: plan.minimumDays,
  };
}

/** Judges the price of a unit and says it as money: the price times the units of the day. */
function inMoney({ id, detector, params }: Ready, { prices, units }: UnitPrices): Ready {
  return {
    id,
    params,
    detector: {
      ...detector,
      judge(series, own, hints) {
        const judgement = detector.judge(
          { ...series, values: prices.subarray(0, series.values.length) },
          own,
          hints,
        );
        const times = (values: Float64Array) =>
          values.map((value, day) => value * (units[day] ?? Number.NaN));
        const { expected, lower, upper, score } = judgement;
        return { expected: times(expected), lower: times(lower), upper: times(upper), score };
      },
    },
  };
}

/** Checks each set of parameters once. */
function createReady(): (id: string, params: unknown) => Ready {
  const known = new Map<string, Ready>();
  return (id, params) => {
    const key = JSON.stringify([id, params]);
    const ready = known.get(key) ?? readyDetector(id, params);
    known.set(key, ready);
    return ready;
  };
}

/** Whether a rule of the settings is about just this place. */
export function hasOwnRule({ rules }: AnomalySettings, node: CostNode): boolean {
  return rules.some(({ scope, mute }) => !mute && isScope(scope, node.path));
}
