import { describe, expect, it } from 'vitest';
import { isSteady, runsOf, stemOf, usualRun } from '../../../src/analysis/explain/runs.ts';
import { cell } from './parts.ts';

describe('names of jobs', () => {
  it.each([
    ['arn:aws:sagemaker:us-east-1:1:training-job/bert-retrain-20261116', 'bert-retrain'],
    ['bert-retrain-7', 'bert-retrain'],
    ['train-llm-2026-11-16T0405', 'train-llm'],
    ['ranker_v3', 'ranker'],
    ['endpoint/two-tower-prod', undefined],
    ['i-0d55b6253c9702cfe', undefined],
  ])('%s', (name, stem) => {
    expect(stemOf(name)).toBe(stem);
  });
});

describe('how long jobs run', () => {
  const cells = [
    // Began before the days looked at: nobody knows when.
    cell('2026-10-01', 'job-1', 9),
    cell('2026-10-10', 'job-2', 9),
    cell('2026-10-11', 'job-2', 4),
    cell('2026-10-20', 'job-3', 9),
    cell('2026-11-01', 'other-9', 1),
    ...[16, 17, 18, 19].map((date) => cell(`2026-11-${date}`, 'job-4', 24)),
  ];

  it('is told by its siblings that ended before', () => {
    const runs = runsOf(cells);
    expect(runs.get('job-4')).toEqual({ first: '2026-11-16', last: '2026-11-19', days: 4 });
    // One of two days, one of one: the shorter of the two in the middle.
    expect(usualRun(runs, 'job-4', '2026-10-01')).toBe(1);
    expect(usualRun(runs, 'job-3', '2026-10-01')).toBe(2);
    expect(usualRun(runs, 'job-2', '2026-10-01')).toBeUndefined();
    expect(usualRun(runs, 'nobody', '2026-10-01')).toBeUndefined();
  });

  it('around the clock costs the same every day but the first', () => {
    expect(isSteady([cell('2026-11-15', 'job-4', 3), ...cells], 'job-4', '2026-11-19')).toBe(true);
    expect(isSteady(cells, 'job-2', '2026-11-19')).toBe(false);
    expect(isSteady([...cells, cell('2026-11-18', 'job-4', 6)], 'job-4', '2026-11-19')).toBe(false);
  });
});
