/** Each planted incident of the sample organisation: the right cause, the right resource or service, at every level. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cause, Explanation } from '../../../src/core/anomaly.ts';
import { recordChange } from '../../../src/flows/change-events.ts';
import { explainAnomaly } from '../../../src/flows/explain.ts';
import { foundAnomaly, openSampleIncidents, type SampleIncidents } from './sample-incidents.ts';

let sample: SampleIncidents;
beforeAll(async () => {
  sample = await openSampleIncidents();
}, 60_000);
afterAll(() => sample.close());

async function explain(id: string, depth: number): Promise<Explanation> {
  const incident = sample.incidents.get(id);
  if (!incident) throw new Error(`There is no incident ${id}.`);
  return explainAnomaly(sample.context, foundAnomaly(incident, depth));
}

/** At the level of the stage, of the model, and (with the service) of the bill's line. */
const DEPTHS = [4, 3, 2];

describe.each<readonly [id: string, cause: Cause, says: readonly (string | RegExp)[]]>([
  [
    'bert-runaway-training',
    'runaway',
    [
      'ml.p4d.24xlarge training in us-east-1',
      'training-job/bert-retrain-20261116',
      'since Mon 16 Nov',
      'usually 2',
    ],
  ],
  [
    'idle-p4d-in-dev',
    'runaway',
    ['p4d.24xlarge', 'i-0d55b6253c9702cfe', 'dev', 'GPU-hours', 'unchanged', 'stands idle'],
  ],
  ['egress-spike', 'egress', ['AWS Data Transfer', 'wrenfield-photo-mirror', /7\d times the usual/]],
  [
    'listing-writer-price-switch',
    'mix',
    [
      'gpt-4.1-2025-04-14 in place of gpt-4.1-mini-2025-04-14',
      '5.0 times the price of a token',
      'a dearer model',
    ],
  ],
  [
    'copilot-prompt-release',
    'efficiency',
    ['Claude Sonnet 4.5 input tokens', 'application-inference-profile', /tokens per request \+[45]\d %/],
  ],
  ['two-tower-more-replicas', 'traffic', ['Vertex AI', 'two-tower-prod', /Requests \+[67]\d %/]],
])('%s', (id, cause, says) => {
  it.each(DEPTHS)('is %i levels down what it is', async (depth) => {
    const explanation = await explain(id, depth);
    expect(explanation.cause).toBe(cause);
    for (const words of says) expect(explanation.sentence).toMatch(words);
    expect(explanation.sentence).not.toMatch(/undefined|NaN|null|Infinity/);
  });

  it('adds up in every column', async () => {
    const { contributions, changeMicros, actualMicros } = await explain(id, 2);
    const columns = new Set(contributions.map(({ dimension }) => dimension));
    expect(columns.size).toBeGreaterThan(3);
    for (const column of columns) {
      const parts = contributions.filter(({ dimension }) => dimension === column);
      const sum = (amount: (part: (typeof parts)[number]) => bigint) =>
        parts.reduce((all, part) => all + amount(part), 0n);
      expect(sum((part) => part.changeMicros)).toBe(changeMicros);
      expect(sum((part) => part.actualMicros)).toBe(actualMicros);
    }
  });
});

describe('details', () => {
  it('the first resource and when it was first seen', async () => {
    const { firstResource, contributions } = await explain('bert-runaway-training', 3);
    expect(firstResource).toEqual({ name: 'training-job/bert-retrain-20261116', firstSeen: '2026-11-16' });
    expect(contributions[0]).toMatchObject({ dimension: 'resource', firstSeen: '2026-11-16' });
    expect(contributions[0]?.share).toBeGreaterThan(1);
  });

  it('about what was billed, against about what is usual', async () => {
    const incident = sample.incidents.get('bert-runaway-training');
    const { actualMicros, expectedMicros } = await explain('bert-runaway-training', 4);
    expect(Number(actualMicros) / 1e6).toBeCloseTo(Number(incident?.actualPerDay), 2);
    expect(Math.abs(Number(expectedMicros) / 1e6 / Number(incident?.expectedPerDay) - 1)).toBeLessThan(0.25);
  });

  it('the parts of a split add up to the change of the cost', async () => {
    for (const id of ['listing-writer-price-switch', 'copilot-prompt-release']) {
      const { split, changeMicros } = await explain(id, id.startsWith('copilot') ? 4 : 3);
      const sum = (split?.volumeMicros ?? 0n) + (split?.priceMicros ?? 0n) + (split?.mixMicros ?? 0n);
      // Costs of the kinds are means that were each rounded to a micro.
      expect(Math.abs(Number(sum - changeMicros))).toBeLessThan(10);
    }
  });

  it('a team whose change is one model is explained by that model', async () => {
    const explanation = await explain('bert-runaway-training', 1);
    expect(explanation.cause).toBe('runaway');
    expect(explanation.sentence).toContain('from bert training: 100 % from ml.p4d.24xlarge training');
    expect((await explain('bert-runaway-training', 0)).cause).toBe('runaway');
  });

  it('a deploy the day before is named beside it, another model’s is not', async () => {
    const { context } = sample;
    const actor = { kind: 'console', user: 'test' } as const;
    const deploy = { kind: 'deploy', at: '2026-09-20T15:00:00Z', version: '5.2' } as const;
    await recordChange(context, actor, { ...deploy, title: 'Whole conversations', model: 'support copilot' });
    await recordChange(context, actor, { ...deploy, title: 'Something else', model: 'bert' });
    await recordChange(context, actor, {
      ...deploy,
      title: 'Long ago',
      at: '2026-09-01T00:00:00Z',
      model: 'support-copilot',
    });
    const { changes, sentence } = await explain('copilot-prompt-release', 3);
    expect(changes).toMatchObject([{ title: 'Whole conversations', version: '5.2', daysFromStart: -1 }]);
    expect(sentence).toContain('Near it: deploy “Whole conversations” 5.2, Sun 20 Sep.');
  });
});
