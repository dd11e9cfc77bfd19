/** The incidents that are planted in the bills, so that there is something to find. */

import type { SourceName } from './meter.ts';
import type { MeterId } from './meters.ts';
import { LISTING_WRITER_SWITCH } from './models/assistant.ts';
import type { Environment, IncidentScope } from './types.ts';

interface Multiply {
  readonly kind: 'multiply';
  /** Every use of this resource at meters whose id starts so. */
  readonly meter: string;
  readonly resource: string;
  readonly factor: number;
}

interface Extra {
  readonly kind: 'extra';
  readonly meter: MeterId;
  readonly resource: string;
  readonly environment: Environment;
  /** Pricing units on the first day and on each further day. */
  readonly firstDay: number;
  readonly perDay: number;
}

/** Nothing to do here: the models table says from when to when each use is billed. */
interface Switched {
  readonly kind: 'switch';
  readonly meter: MeterId;
  readonly resource: string;
}

export interface Incident {
  readonly id: string;
  readonly cause: string;
  readonly source: SourceName;
  readonly team: string;
  readonly scope: IncidentScope;
  /** Days before today of the first and the last day; no last day: it still goes on. */
  readonly from: number;
  readonly to?: number;
  readonly effect: Multiply | Extra | Switched;
}

export const INCIDENTS: readonly Incident[] = [
  {
    id: 'bert-runaway-training',
    cause: 'A retrain of bert on ml.p4d.24xlarge that usually takes 20 hours does not end.',
    source: 'aws',
    team: 'search',
    from: 5,
    scope: { model: 'bert', stage: 'training', service: 'Amazon SageMaker' },
    effect: {
      kind: 'extra',
      meter: 'aws-train-p4d',
      resource: 'bert-retrain',
      environment: 'prod',
      firstDay: 17,
      perDay: 24,
    },
  },
  {
    id: 'idle-p4d-in-dev',
    cause: 'A p4d.24xlarge was left running in dev after an experiment and stood idle for twelve days.',
    source: 'aws',
    team: 'recommendations',
    from: 47,
    to: 36,
    scope: { model: 'homefeed-ranker', stage: 'training', service: 'Amazon Elastic Compute Cloud' },
    effect: {
      kind: 'extra',
      meter: 'aws-ec2-p4d',
      resource: 'homefeed-ranker-lab',
      environment: 'dev',
      firstDay: 11,
      perDay: 24,
    },
  },
  {
    id: 'egress-spike',
    cause: 'A crawler downloaded the photo mirror from a public bucket: data transfer to the internet.',
    source: 'aws',
    team: 'search',
    from: 33,
    to: 32,
    scope: { model: 'visual-search', stage: 'data', service: 'AWS Data Transfer' },
    effect: { kind: 'multiply', meter: 'aws-transfer', resource: 'wrenfield-photo-mirror', factor: 70 },
  },
  {
    id: 'listing-writer-price-switch',
    cause: 'listing-writer moved from gpt-4.1-mini to gpt-4.1: the same tokens at five times the price.',
    source: 'openai',
    team: 'assistant',
    from: LISTING_WRITER_SWITCH,
    scope: { model: 'listing-writer', stage: 'inference' },
    effect: { kind: 'switch', meter: 'gpt-4.1:in', resource: 'listing-writer-prod' },
  },
  {
    id: 'copilot-prompt-release',
    cause:
      'A release of support-copilot sent whole conversations with every request: 2.6 times the input tokens, until it was rolled back.',
    source: 'aws',
    team: 'assistant',
    from: 61,
    to: 53,
    scope: {
      model: 'support-copilot',
      stage: 'inference',
      service: 'Claude Sonnet 4.5 (Amazon Bedrock Edition)',
    },
    effect: { kind: 'multiply', meter: 'aws-claude-sonnet:in', resource: 'support-copilot', factor: 2.6 },
  },
  {
    id: 'two-tower-more-replicas',
    cause: 'two-tower serves one more country since then: a step up that became normal.',
    source: 'gcp',
    team: 'recommendations',
    from: 152,
    scope: { model: 'two-tower', stage: 'inference', service: 'Vertex AI' },
    effect: { kind: 'multiply', meter: 'gcp-predict-g2', resource: 'two-tower-prod', factor: 1.65 },
  },
];

/** Factor that incidents put on a use `daysAgo` days before today. */
export function incidentFactor(meter: string, resource: string, daysAgo: number): number {
  let factor = 1;
  for (const { effect, from, to } of INCIDENTS) {
    if (effect.kind !== 'multiply' || effect.resource !== resource || !meter.startsWith(effect.meter))
      continue;
    if (daysAgo <= from && daysAgo >= (to ?? 0)) factor *= effect.factor;
  }
  return factor;
}
