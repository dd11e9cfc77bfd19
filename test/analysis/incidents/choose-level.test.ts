/** One incident per cause, at the place that explains it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incidentsAsOf } from '../../../src/analysis/incidents/as-of.ts';
import { foundIn, judge, level, nameOf, raised, treeOf } from './trees.ts';

const usual = {
  'search/bert/inference/SageMaker': level(300, 1),
  'search/bert/training/SageMaker': level(200, 2),
  'search/visual/inference/SageMaker': level(250, 3),
  'growth/churn/training/EC2': level(200, 4),
  'growth/ltv/inference/EC2': level(220, 5),
  'assistant/copilot/inference/Bedrock': level(280, 6),
};

describe('the level that explains', () => {
  it('nothing is found where nothing happens', () => {
    expect(foundIn(usual)).toEqual([]);
  });

  it('one leaf: the leaf, and nothing above it', () => {
    const training = raised(200, 900, [50, 52], 2);
    expect(foundIn({ ...usual, 'search/bert/training/SageMaker': training })).toEqual([
      'search/bert/training/SageMaker 50..52',
    ]);
  });

  it('two teams at once for reasons of their own: two incidents, none of everything', () => {
    const leaves = {
      ...usual,
      'search/bert/training/SageMaker': raised(200, 900, [50, 52], 2),
      'growth/churn/training/EC2': raised(200, 700, [51, 53], 4),
    };
    expect(foundIn(leaves)).toEqual([
      'growth/churn/training/EC2 51..53',
      'search/bert/training/SageMaker 50..52',
    ]);
  });

  it('a small one beside a large one is not hidden by it', () => {
    const leaves = {
      ...usual,
      'search/bert/training/SageMaker': raised(200, 3000, [50, 52], 2),
      'growth/churn/training/EC2': raised(200, 150, [50, 52], 4),
    };
    expect(foundIn(leaves)).toHaveLength(2);
  });

  it('all models of a team rise alike: the team', () => {
    const busy = (amount: number, seed: number) => (day: number) =>
      level(amount, seed)(day) * (day >= 50 && day <= 52 ? 2 : 1);
    const leaves = {
      ...usual,
      'search/bert/inference/SageMaker': busy(300, 1),
      'search/bert/training/SageMaker': busy(200, 2),
      'search/visual/inference/SageMaker': busy(250, 3),
    };
    expect(foundIn(leaves)).toEqual(['search 50..52']);
  });

  it('everything rises alike: everything', () => {
    const dearer = Object.fromEntries(
      Object.entries(usual).map(([path, cost]) => [path, (day: number) => cost(day) * (day >= 50 ? 1.6 : 1)]),
    );
    expect(foundIn(dearer, 52)).toEqual(['org 50..52']);
  });

  it('training and the traffic it makes are one incident of the model', () => {
    const leaves = {
      ...usual,
      'search/bert/training/SageMaker': raised(200, 600, [50, 52], 2),
      'search/bert/data/S3': raised(60, 400, [50, 52], 7),
    };
    expect(foundIn(leaves)).toEqual(['search/bert 50..52']);
  });

  it('the same model with another beginning is another incident', () => {
    const leaves = {
      ...usual,
      'search/bert/training/SageMaker': raised(200, 600, [46, 48], 2),
      'search/bert/inference/SageMaker': raised(300, 500, [52, 54], 1),
    };
    expect(foundIn(leaves)).toEqual([
      'search/bert/inference/SageMaker 52..54',
      'search/bert/training/SageMaker 46..48',
    ]);
  });

  it('a new service is found where it is, with what it cost before: nothing', () => {
    const fresh = (day: number) => (day >= 50 ? 400 : 0);
    const judged = judge(treeOf({ ...usual, 'search/bert/training/EC2': fresh }));
    const [incident] = incidentsAsOf(judged, { from: 40, upTo: 51, named: () => false });
    expect(incident && nameOf(judged, incident.node)).toBe('search/bert/training/EC2');
    expect(incident?.flag).toMatchObject({ detector: 'new-spend', expected: 0, actual: 400, excess: 800 });
  });

  it('names the places above and below in which it shows', () => {
    const judged = judge(
      treeOf({ ...usual, 'search/bert/training/SageMaker': raised(200, 900, [50, 52], 2) }),
    );
    const [incident] = incidentsAsOf(judged, { from: 40, upTo: 59, named: () => false });
    const names = incident?.related.map(({ node }) => nameOf(judged, node));
    expect(names).toEqual(['search/bert/training', 'search/bert', 'search', 'org']);
  });

  it('says nothing of days after the one it is asked about', () => {
    const leaves = { ...usual, 'growth/churn/training/EC2': raised(200, 700, [51, 55], 4) };
    expect(foundIn(leaves, 50)).toEqual([]);
    expect(foundIn(leaves, 52)).toEqual(['growth/churn/training/EC2 51..52']);
  });

  it('comes again within a week: one incident; later: two', () => {
    const twice = (again: number) => (day: number) =>
      level(200, 4)(day) + (day === 45 || day === again ? 700 : 0);
    expect(foundIn({ ...usual, 'growth/churn/training/EC2': twice(50) })).toEqual([
      'growth/churn/training/EC2 45..50',
    ]);
    expect(foundIn({ ...usual, 'growth/churn/training/EC2': twice(56) })).toHaveLength(2);
  });
});

describe('whatever the tree', () => {
  const names = Object.keys(usual) as (keyof typeof usual)[];
  it('one raised leaf is one incident on its own path, for any leaf, size and day', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.integer({ min: 400, max: 50_000 }),
        fc.integer({ min: 45, max: 57 }),
        (leaf, more, first) => {
          const cost = usual[leaf];
          const leaves = { ...usual, [leaf]: (day: number) => cost(day) + (day === first ? more : 0) };
          expect(foundIn(leaves)).toEqual([`${leaf} ${first}..${first}`]);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('the unit of money does not matter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (factor) => {
        const leaves = { ...usual, 'growth/churn/training/EC2': raised(200, 700, [51, 53], 4) };
        const scaled = Object.fromEntries(
          Object.entries(leaves).map(([path, cost]) => [path, (day: number) => cost(day) * factor]),
        );
        expect(foundIn(scaled)).toEqual(foundIn(leaves));
      }),
      { numRuns: 10 },
    );
  });
});
