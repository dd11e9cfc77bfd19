import { describe, expect, it } from 'vitest';
import type {
  Contribution,
  Explanation,
  NearbyChange,
  PriceVolumeMix,
  UsageChange,
} from '../../../src/core/anomaly.ts';
import type { ChangeStory } from '../../../src/core/change-story.ts';
import { renderText } from '../../../src/view/fallback.ts';
import { explanationElements } from '../../../src/view/messages/anomaly-explanation.ts';
import { explainInWords, type Told } from '../../../src/view/messages/anomaly-explanation-sentence.ts';
import { splitWords } from '../../../src/view/messages/anomaly-explanation-usage.ts';

const TODAY = '2026-11-21';
const story: ChangeStory = {
  currency: 'USD',
  actualMicros: 300_000_000n,
  expectedMicros: 100_000_000n,
  first: '2026-11-16',
  last: '2026-11-19',
  over: false,
  egressShare: 0,
  usage: [],
  beside: [],
};
const job = {
  ...{
    label: 'training-job/bert-retrain-7',
    share: 1.06,
    ratio: null,
    days: 4,
    usualDays: 2,
    running: true,
    steady: true,
  },
  ...{ firstSeen: '2026-11-16', lastSeen: '2026-11-19', service: 'Amazon SageMaker', region: 'us-east-1' },
  ...{ environment: 'prod', stage: 'training', sku: 'ml.p4d.24xlarge training' },
};
const requests = (ratio: number): UsageChange => ({
  metric: 'requests',
  before: 100,
  during: 100 * (1 + ratio),
  ratio,
});

function words(more: Partial<ChangeStory>, told: Partial<Told> = {}): string {
  return explainInWords({
    story: { ...story, ...more },
    cause: 'unknown',
    changes: [],
    today: TODAY,
    ...told,
  });
}

describe('the sentence', () => {
  it('of a job that does not end', () => {
    expect(words({ resource: job, beside: [requests(0.02)] }, { cause: 'runaway' })).toBe(
      '100 % from ml.p4d.24xlarge training in us-east-1 (Amazon SageMaker, training-job/bert-retrain-7, since Mon 16 Nov, 4 days; usually 2). Requests unchanged: looks like a job that does not end.',
    );
  });

  it('says since when only of what began with the change', () => {
    expect(words({ resource: { ...job, firstSeen: '2026-10-20' } })).not.toContain('since');
    const over = { ...job, running: false, lastSeen: '2026-11-17', usualDays: undefined } as const;
    const { usualDays: _, ...ended } = over;
    expect(words({ resource: ended })).toContain('Mon 16 Nov – Tue 17 Nov)');
  });

  it('claims nothing that is not known', () => {
    expect(words({})).toBe(
      'No single service, model or resource carries most of it. The figures say what rose, not why.',
    );
    expect(words({ unknownBefore: true })).toContain('What it cost before is not known.');
    expect(words({}, { cause: 'new-spend' })).toContain('and what it is used for is not counted.');
  });

  it('of another model', () => {
    const swap = { from: ['mini'], to: ['big'], share: 1 };
    const split: PriceVolumeMix = {
      ...{ metric: 'tokens' as const, volumeMicros: 10_000_000n, priceMicros: 0n, mixMicros: 190_000_000n },
      ...{ volumeRatio: 0.05, priceRatio: null, mixRatio: 4 },
    };
    expect(words({ swap, split, usage: [requests(0.05)] }, { cause: 'mix' })).toBe(
      'big in place of mini, at 5.0 times the price of a token. Requests +5 %, tokens +5 %, tokens per request ±0 %. Of the change: 95 % a dearer model, 5 % more tokens.',
    );
  });

  it('of data on its way out', () => {
    const sku = { label: 'data out', share: 0.99, ratio: 69 };
    expect(words({ sku, usage: [requests(0)] }, { cause: 'egress' })).toBe(
      '99 % from data out. Requests unchanged: data on its way out, 70 times the usual.',
    );
  });

  it('of a part of the scope says which, and how much of it that is', () => {
    const within = { model: 'bert', stage: 'training', share: 0.79 };
    expect(words({ resource: job }, { within })).toMatch(/^79 % from bert training: 100 % from ml\.p4d/);
  });

  it('names what was changed just before, as near and not as the cause', () => {
    const change: NearbyChange = {
      ...{
        at: new Date('2026-11-15T10:00:00Z'),
        kind: 'deploy',
        title: 'bert',
        version: '2.3',
        sender: 'ci',
      },
      daysFromStart: -1,
    };
    expect(words({}, { changes: [change] })).toContain('Near it: deploy “bert” 2.3, Sun 15 Nov.');
    expect(words({}, { changes: [{ ...change, daysFromStart: 3 }] })).not.toContain('Near it');
  });
});

describe('what each is of the change', () => {
  const split = (volume: bigint, mix: bigint, price: bigint) =>
    splitWords({
      ...{ metric: 'tokens', volumeMicros: volume, mixMicros: mix, priceMicros: price },
      ...{ volumeRatio: 0, priceRatio: 0, mixRatio: 0 },
    });

  it('largest first', () => {
    expect(split(78n, 15n, 7n)).toBe(
      'Of the change: 78 % more tokens, 15 % a dearer mix of tokens, 7 % price.',
    );
  });

  it('with what went the other way', () => {
    expect(split(120n, 0n, -20n)).toBe('Of the change: 120 % more tokens, less 20 % by a lower price.');
    expect(split(-120n, 0n, 20n)).toBe('Of the change: 120 % fewer tokens, less 20 % by a higher price.');
    expect(split(0n, 0n, 0n)).toBe('');
  });
});

describe('the parts below', () => {
  const part = (
    dimension: Contribution['dimension'],
    label: string,
    share: number,
    more = {},
  ): Contribution => ({
    ...{ dimension, key: label, label, actualMicros: 0n, expectedMicros: 0n },
    ...{ changeMicros: BigInt(Math.round(share * 1e8)), share },
    ...more,
  });
  const explanation: Explanation = {
    cause: 'runaway',
    sentence: '',
    during: { start: '2026-11-16', end: '2026-11-19' },
    before: { start: '2026-10-19', end: '2026-11-15' },
    currency: 'USD',
    changeMicros: 100_000_000n,
    contributions: [
      part('resource', 'job-7', 1.06),
      part('resource', '40 more', 0.2, { key: null, others: 40 }),
      part('resource', 'job-6', -0.26),
      part('sku', 'p4d', 1),
    ],
    usage: [requests(0.02), { metric: 'gpu_hours', before: null, during: null, ratio: null }],
    changes: [],
    unknown: ['Bills begin on Mon 2 Nov.'],
  };

  it('are the contributions, usage, changes, findings and what is not known', () => {
    const change = { at: new Date('2026-11-15T10:00:00Z'), kind: 'deploy', title: 'bert 2.3', sender: 'ci' };
    const shown = renderText({
      elements: explanationElements(
        {
          ...explanation,
          changes: [{ ...change, url: 'https://ci.example.com/7', daysFromStart: -1 }],
          evidence: [
            {
              source: 'aws',
              about: 'Amazon SageMaker',
              start: '2026-11-16',
              end: '2026-11-17',
              impact: '812.5',
              currency: 'USD',
            },
          ],
        },
        TODAY,
      ),
    });
    expect(shown).toContain('job-7');
    expect(shown).toContain('−26 %');
    expect(shown).not.toMatch(/Resource +40 more/);
    expect(shown).toContain('and 40 more values');
    expect(shown).toMatch(/requests +102 +100 +\+2 %/);
    expect(shown).toContain(
      'Sun 15 Nov (1 day before): deploy bert 2.3 (https://ci.example.com/7) (told by ci)',
    );
    expect(shown).toContain('aws itself found an anomaly of $813 in Amazon SageMaker (16–17 Nov)');
    expect(shown).toContain('Not known: Bills begin on Mon 2 Nov.');
  });

  it('say of a period when changes were, not how long after its first day', () => {
    const change = { at: new Date('2026-11-18T10:00:00Z'), kind: 'deploy', title: 'bert 2.3', sender: 'ci' };
    const facts = { ...explanation, changes: [{ ...change, daysFromStart: 20 }] };
    const shown = renderText({ elements: explanationElements(facts, TODAY, { of: 'period' }) });
    expect(shown).toContain('Wed 18 Nov: deploy bert 2.3');
    expect(shown).not.toContain('began');
    expect(renderText({ elements: explanationElements(facts, TODAY) })).toContain('20 days after it began');
  });

  it('leave out shares of more than ten times the change: they are noise', () => {
    const shown = renderText({
      elements: explanationElements(
        {
          ...explanation,
          contributions: [part('resource', 'new-version', 41), part('resource', 'old', -40)],
        },
        TODAY,
      ),
    });
    expect(shown).not.toContain('4,100 %');
    expect(shown).not.toMatch(/4[01]00 %/);
    expect(shown).toMatch(/new-version .* –/);
  });

  it('are left out where there is nothing', () => {
    expect(explanationElements({ ...explanation, contributions: [], usage: [], unknown: [] }, TODAY)).toEqual(
      [],
    );
  });
});
