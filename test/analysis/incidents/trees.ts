/** Small hand-made hierarchies: leaves with a number per day, judged by the plainest detector there is. */
import type { Hints } from '../../../src/analysis/detectors/types.ts';
import { incidentsAsOf } from '../../../src/analysis/incidents/as-of.ts';
import { growTree, type Soil } from '../../../src/analysis/incidents/grow-tree.ts';
import { judgeNode, readyDetector } from '../../../src/analysis/incidents/judge-node.ts';
import type { CostTree, Judged } from '../../../src/analysis/incidents/types.ts';

export const START = '2026-09-01';
export const DAYS = 60;

/** Cost of a leaf by day from 0; leaves are written "team/model/stage/service". */
export type Leaves = Readonly<Record<string, (day: number) => number>>;

export function soil(changes: Partial<Soil> = {}): Soil {
  return {
    start: START,
    length: DAYS,
    reporting: 'USD',
    rateOf: (currency) => (currency === 'USD' ? 1 : undefined),
    sources: new Map([['aws', { through: DAYS - 1, known: new Uint8Array(DAYS).fill(1) }]]),
    ...changes,
  };
}

export function treeOf(leaves: Leaves): CostTree {
  const parts = Object.entries(leaves).map(([path, cost]) => ({
    path: path.split('/').map((value) => (value === '-' ? null : value)),
    currency: 'USD',
    source: 'aws',
    values: Float64Array.from({ length: DAYS }, (_, day) => cost(day)),
  }));
  return growTree(parts, soil());
}

export function judge(tree: CostTree, hints?: ReadonlyMap<number, Hints>): Judged {
  const options = {
    main: readyDetector('static', { times: '1.3' }),
    fresh: readyDetector('new-spend', { minimum: 10 }),
    gates: { direction: 'up', minimumImpact: 10, minimumShare: 0.2, minimumSteps: 1 },
  } as const;
  const verdicts = tree.nodes.map(({ values }, index) =>
    judgeNode({ grain: 'day', start: tree.start, values }, options, hints?.get(index)),
  );
  return { nodes: tree.nodes, verdicts };
}

/** What is found as of a day: "team/model 50..52". */
export function foundIn(leaves: Leaves, upTo = DAYS - 1): string[] {
  const judged = judge(treeOf(leaves));
  return incidentsAsOf(judged, { from: 40, upTo, named: () => false })
    .map(({ node, flag }) => `${nameOf(judged, node)} ${flag.first}..${flag.last}`)
    .sort();
}

export function nameOf({ nodes }: Pick<Judged, 'nodes'>, node: number): string {
  return nodes[node]?.path.map((value) => value ?? '-').join('/') || 'org';
}

/** A level with a little noise, the same on every run. */
export function level(amount: number, seed = 1): (day: number) => number {
  return (day) => amount * (1 + 0.02 * Math.sin(day * 12.9898 + seed * 78.233));
}

/** The same with so much more from one day to another. */
export function raised(amount: number, more: number, [first, last]: readonly [number, number], seed = 1) {
  const usual = level(amount, seed);
  return (day: number) => usual(day) + (day >= first && day <= last ? more : 0);
}
