/** Models of team platform: what the other teams build on. */
import type { ModelSeed } from '../types.ts';
import { data, nightly, retrain, serve, tokens } from '../uses.ts';

const team = 'platform';

export const PLATFORM_MODELS: readonly ModelSeed[] = [
  {
    name: 'demand-forecast',
    title: 'Demand forecast',
    team,
    owner: 'grace',
    uses: [
      nightly('gcp-train-a2', 'demand-forecast-train', 720),
      data('gcp-bigquery', 'platform_demand', 460, { shape: 'nightly' }),
    ],
  },
  {
    name: 'log-anomaly',
    title: 'Log anomaly finder',
    team,
    owner: 'grace',
    uses: [
      serve('azure-vm-nc4', 'log-anomaly-01', 420, { shape: 'steady' }),
      data('azure-monitor', 'log-anomaly', 380),
    ],
  },
  {
    name: 'doc-parser',
    title: 'Document parser',
    team,
    owner: 'jon',
    uses: [
      ...tokens('gcp-gemini-flash', 'doc-parser', { in: 1300, out: 160 }),
      serve('aws-ec2-m6i', 'doc-parser-ocr', 410, { instances: 2 }),
    ],
  },
  {
    name: 'eval-judge',
    title: 'Evaluation judge',
    team,
    owner: 'jon',
    growth: 0.07,
    uses: [
      ...tokens(
        'gpt-4.1',
        'eval-judge-prod',
        { in: 520, cached: 300, out: 48 },
        { tagging: 'rule', shape: 'weekly' },
      ),
    ],
  },
  {
    name: 'feature-encoder',
    title: 'Feature store encoder',
    team,
    owner: 'grace',
    uses: [
      retrain('aws-train-g5-12x', 'feature-encoder-train', 620, { perMonth: 2 }),
      data('aws-process-m5', 'feature-encoder-backfill', 540, { shape: 'nightly' }),
    ],
  },
];
