import { describe, expect, it } from 'vitest';
import { causeOf } from '../../../src/analysis/explain/cause.ts';
import type { PriceVolumeMix } from '../../../src/core/anomaly.ts';
import type { ChangeStory, StoryResource } from '../../../src/core/change-story.ts';
import { story, used } from './parts.ts';

const job: StoryResource = {
  label: 'training-job/bert-retrain-7',
  share: 0.95,
  ratio: null,
  days: 4,
  lastSeen: '2026-11-19',
  running: true,
  steady: true,
  environment: 'prod',
  stage: 'training',
};

function split(
  volume: number,
  price: number,
  mix: number,
  overrides: Partial<PriceVolumeMix> = {},
): PriceVolumeMix {
  const micros = (share: number) => BigInt(Math.round(share * 200_000_000));
  return {
    metric: 'tokens',
    volumeMicros: micros(volume),
    priceMicros: micros(price),
    mixMicros: micros(mix),
    volumeRatio: 1,
    priceRatio: 0,
    mixRatio: 0,
    ...overrides,
  };
}

const NEW = { expectedMicros: 0n } as const;

const CASES: readonly (readonly [string, Partial<ChangeStory>, ReturnType<typeof causeOf>])[] = [
  ['data on its way out', { egressShare: 0.9, usage: [used('requests', 2)] }, 'egress'],
  [
    'a job that runs on while nothing more comes out',
    { stage: 'training', resource: job, usage: [used('epochs', 0.02)] },
    'runaway',
  ],
  [
    'a job much longer than its like, nothing counted',
    { stage: 'training', resource: { ...job, usualDays: 2 } },
    'runaway',
  ],
  [
    'a job no longer than its like, nothing counted',
    { stage: 'training', resource: { ...job, usualDays: 4 } },
    'unknown',
  ],
  [
    'more GPU-hours for the same epochs',
    { stage: 'training', usage: [used('gpu_hours', 1.9), used('epochs', 0.03)] },
    'runaway',
  ],
  [
    'more GPU-hours for more epochs',
    { stage: 'training', resource: job, usage: [used('gpu_hours', 1.9), used('epochs', 1.8)] },
    'traffic',
  ],
  [
    'a machine in dev, around the clock, nothing counted',
    { ...NEW, stage: 'training', resource: { ...job, environment: 'dev' } },
    'runaway',
  ],
  [
    'a machine in dev while the hours stay',
    {
      ...NEW,
      stage: 'training',
      resource: { ...job, environment: 'dev' },
      usage: [used('gpu_hours', -0.05)],
    },
    'runaway',
  ],
  [
    'the same endpoint in prod for the same requests',
    { resource: { ...job, stage: 'inference' }, usage: [used('requests', 0.01)] },
    'efficiency',
  ],
  ['three times the requests', { usage: [used('requests', 2)] }, 'traffic'],
  [
    'requests know better than tokens',
    { usage: [used('requests', 0.02), used('output_tokens', 2)] },
    'efficiency',
  ],
  ['more tokens and more requests', { split: split(0.9, 0.1, 0), usage: [used('requests', 0.9)] }, 'traffic'],
  [
    'more tokens in each request',
    { split: split(0.7, 0, 0.3), usage: [used('requests', 0.05)] },
    'efficiency',
  ],
  ['more tokens, requests not counted', { split: split(0.7, 0, 0.3) }, 'traffic'],
  ['a higher price', { split: split(0.2, 0.8, 0), usage: [used('requests', 0.2)] }, 'price'],
  ['another model', { split: split(0.05, 0, 0.95), usage: [used('requests', 0.05)] }, 'mix'],
  [
    'other machines for the same requests',
    { usage: [used('requests', 0)], swap: { from: ['a'], to: ['b'], share: 0.9 } },
    'mix',
  ],
  [
    'one day of one resource, over',
    { stage: 'data', last: '2026-11-16', over: true, resource: { ...job, stage: 'data' } },
    'one-off',
  ],
  [
    'one day of one resource, so far',
    { stage: 'data', last: '2026-11-16', resource: { ...job, stage: 'data' } },
    'unknown',
  ],
  [
    'never before, requests begin too',
    { ...NEW, usage: [{ metric: 'requests', before: null, during: 90, ratio: null }] },
    'new-spend',
  ],
  ['never before, nothing counted', NEW, 'new-spend'],
  ['nothing known', {}, 'unknown'],
  ['a fall with the requests', { actualMicros: 40_000_000n, usage: [used('requests', -0.6)] }, 'traffic'],
  [
    'a fall is no runaway',
    { actualMicros: 40_000_000n, stage: 'training', resource: job, usage: [used('epochs', 0)] },
    'unknown',
  ],
];

describe('causes', () => {
  it.each(CASES)('%s', (_, overrides, cause) => {
    expect(causeOf(story(overrides))).toBe(cause);
  });
});
