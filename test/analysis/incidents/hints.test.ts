/** What was planned and said, where it counts. */
import { describe, expect, it } from 'vitest';
import { incidentsAsOf } from '../../../src/analysis/incidents/as-of.ts';
import { hintsOfTree, type PlannedMoney, type Said } from '../../../src/analysis/incidents/hints.ts';
import { parseScope } from '../../../src/core/scope.ts';
import { stampAt } from '../../../src/core/series.ts';
import { judge, level, nameOf, raised, START, treeOf } from './trees.ts';

const day = (index: number) => stampAt({ grain: 'day', start: START }, index);
const tree = treeOf({
  'search/bert/training/SageMaker': () => 300,
  'search/bert/training/S3': () => 100,
  'search/visual/inference/SageMaker': () => 600,
});
const plan = (scope: string, amount: number): PlannedMoney => ({
  scope: parseScope(scope),
  amount,
  start: day(50),
  end: day(53),
});

function plannedOn(plans: readonly PlannedMoney[], index: number): Record<string, number | undefined> {
  const hints = hintsOfTree(tree, plans, []);
  return Object.fromEntries([...hints].map(([node, { planned }]) => [nameOf(tree, node), planned?.[index]]));
}

describe('planned spend', () => {
  it('counts in full above, and by its share below', () => {
    expect(plannedOn([plan('model:bert/training', 4000)], 51)).toEqual({
      org: 1000,
      search: 1000,
      'search/bert': 1000,
      'search/bert/training': 1000,
      'search/bert/training/SageMaker': 750,
      'search/bert/training/S3': 250,
    });
  });

  it('counts on its days only, and two plans add up', () => {
    const twice = [plan('model:bert', 4000), plan('team:search', 400)];
    expect(plannedOn(twice, 49).search).toBe(0);
    expect(plannedOn(twice, 54).search).toBe(0);
    expect(plannedOn(twice, 50).search).toBe(1100);
  });

  it('of a service is divided among the places that use it', () => {
    const planned = plannedOn([plan('service:SageMaker', 3600)], 50);
    expect(planned).toMatchObject({
      'search/bert/training/SageMaker': 300,
      'search/visual/inference/SageMaker': 600,
      org: 900,
    });
  });

  it('keeps a planned retrain from being found, and not what exceeds the plan', () => {
    const spending = (more: number) =>
      treeOf({
        'search/bert/training/SageMaker': raised(300, more, [50, 53]),
        'search/visual/inference/SageMaker': level(600, 2),
      });
    const found = (more: number) => {
      const grown = spending(more);
      const judged = judge(grown, hintsOfTree(grown, [plan('model:bert/training', 4000)], []));
      return incidentsAsOf(judged, { from: 40, upTo: 59, named: () => false }).length;
    };
    expect(found(1000)).toBe(0);
    expect(found(2500)).toBe(1);
  });
});

it('a plan may show in every slice across the tree', () => {
  const parts = [...tree.nodes, { ...treeOf({ 'search/bert/training/S3': () => 400 }).nodes[0], parent: -1 }];
  const sliced = {
    ...tree,
    nodes: parts.map((node, at) =>
      at < tree.nodes.length ? node : { ...node, path: ['', 'provider', 'AWS'], children: [] },
    ),
  } as typeof tree;
  const hints = hintsOfTree(sliced, [plan('model:bert', 4000)], []);
  expect(hints.get(tree.nodes.length)?.planned?.[51]).toBe(1000);
});

describe('what people said', () => {
  const said = (verdict: Said['verdict'], path = ['search', 'bert']): Said => ({
    path,
    related: [['search', 'bert', 'training']],
    verdict,
    startDay: day(20),
    endDay: day(22),
  });
  const hintsOf = (rows: readonly Said[]) =>
    new Map([...hintsOfTree(tree, [], rows)].map(([node, hints]) => [nameOf(tree, node), hints]));

  it('what is expected until a day is not learnt as usual', () => {
    const hints = hintsOf([{ ...said('expected'), bounded: true }]).get('search/bert');
    expect([...(hints?.excluded?.subarray(19, 24) ?? [])]).toEqual([0, 1, 1, 1, 0]);
    expect(hints?.accepted).toBeUndefined();
  });

  it('marks the days, at the place, above it, and where it showed', () => {
    const hints = hintsOf([said('expected')]);
    expect([...hints.keys()].sort()).toEqual(['org', 'search', 'search/bert', 'search/bert/training']);
    expect([...(hints.get('search/bert')?.accepted?.subarray(19, 24) ?? [])]).toEqual([0, 1, 1, 1, 0]);
    expect(hints.get('search/bert')?.bandFactor).toBe(1);
  });

  it('false alarms widen the band of their own place, within limits; real ones narrow it a little', () => {
    expect(hintsOf([said('false-alarm')]).get('search/bert')?.bandFactor).toBe(1.25);
    expect(hintsOf([said('false-alarm')]).get('search')?.bandFactor).toBeUndefined();
    expect(hintsOf(Array(5).fill(said('false-alarm'))).get('search/bert')?.bandFactor).toBe(1.5);
    const real = hintsOf([said('real')]).get('search/bert');
    expect(real?.bandFactor).toBe(0.95);
    expect([...(real?.excluded?.subarray(19, 24) ?? [])]).toEqual([0, 1, 1, 1, 0]);
  });

  it('says nothing of places that are not there any more', () => {
    expect([...hintsOf([said('expected', ['gone', 'x'])]).keys()].sort()).toEqual([
      'org',
      'search/bert/training',
    ]);
  });
});
