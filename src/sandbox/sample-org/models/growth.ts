/** Models of team growth: churn, value and campaigns. */
import type { ModelSeed } from '../types.ts';
import { data, experiments, nightly, retrain, serve, tokens } from '../uses.ts';

const team = 'growth';

export const GROWTH_MODELS: readonly ModelSeed[] = [
  {
    name: 'churn-xgb',
    title: 'Churn',
    team,
    owner: 'dev',
    versioned: true,
    uses: [
      nightly('aws-train-m5', 'churn-xgb-train', 690),
      serve('aws-host-c6i', 'churn-xgb-prod', 520),
      data('gcp-bigquery', 'growth_churn', 940, { shape: 'nightly' }),
    ],
  },
  {
    name: 'ltv-forecast',
    title: 'Lifetime value forecast',
    team,
    owner: 'dev',
    uses: [
      nightly('gcp-train-a2', 'ltv-forecast-train', 1350),
      data('gcp-bigquery', 'growth_ltv', 1480, { shape: 'nightly' }),
      data('gcp-bigquery-storage', 'growth_ltv', 170),
    ],
  },
  {
    name: 'uplift-bandit',
    title: 'Uplift bandit',
    team,
    owner: 'lena',
    uses: [
      serve('gcp-predict-n1', 'uplift-bandit-prod', 610),
      experiments('gcp-train-a2', 'uplift-bandit-sim', 560, {
        tags: { experiment: '"); DROP TABLE CostFact; --' },
      }),
    ],
  },
  {
    name: 'ad-copy-writer',
    title: 'Ad copy writer',
    team,
    owner: 'lena',
    growth: 0.06,
    uses: [
      ...tokens('claude-haiku', 'ad-copy-writer-prod', { in: 620, out: 190 }, { tagging: 'rule' }),
      ...tokens(
        'claude-haiku',
        'ad-copy-writer-dev',
        { in: 40, out: 12 },
        { tagging: 'rule', environment: 'dev', shape: 'burst' },
      ),
    ],
  },
  {
    name: 'push-timing',
    title: 'Push timing',
    team,
    owner: 'dev',
    uses: [
      serve('aws-host-c6i', 'push-timing-prod', 310, { tagging: 'legacy' }),
      nightly('aws-train-m5', 'push-timing-train', 270, { tagging: 'legacy' }),
    ],
  },
  {
    name: 'lead-scorer',
    title: 'Seller lead scorer',
    team,
    owner: 'lena',
    launched: 260,
    uses: [
      retrain('azure-train-nc24', 'lead-scorer-train', 420),
      serve('azure-endpoint-nc4', 'lead-scorer-prod', 460),
    ],
  },
  {
    name: 'audience-lookalike',
    title: 'Lookalike audiences',
    team,
    owner: 'dev',
    uses: [
      nightly('gcp-a2', 'lookalike-batch', 880, { instances: 2, tags: { feature: '🚀 תכונה חדשה' } }),
      data('gcp-gcs', 'wrenfield-audiences', 120),
    ],
  },
];
