/** Models of team trust-safety: fraud, moderation, account safety. */
import type { ModelSeed } from '../types.ts';
import { bucket, data, experiments, nightly, retrain, serve, tokens } from '../uses.ts';

const team = 'trust-safety';

export const TRUST_SAFETY_MODELS: readonly ModelSeed[] = [
  {
    name: 'fraud-net',
    title: 'Fraud net',
    team,
    owner: 'rafael',
    versioned: true,
    uses: [
      nightly('aws-train-g5-12x', 'fraud-net-train', 2500),
      serve('aws-host-g5-xl', 'fraud-net-prod', 3700),
      serve('aws-host-g5-xl', 'fraud-net-eu', 1300, { region: 'eu-west-1' }),
      ...bucket('wrenfield-fraud-events', 290),
    ],
  },
  {
    name: 'image-moderation',
    title: 'Image moderation',
    team,
    owner: 'ines',
    uses: [
      serve('azure-endpoint-nc4', 'image-moderation-prod', 2900),
      retrain('azure-train-nc24', 'image-moderation-train', 1300),
      data('azure-blob', 'wrenfieldmoderation', 240),
    ],
  },
  {
    name: 'text-toxicity',
    title: 'Text toxicity',
    team,
    owner: 'ines',
    uses: [
      serve('aws-host-inf2', 'text-toxicity-prod', 1500),
      serve('aws-host-inf2', 'text-toxicity-staging', 120, { environment: 'staging' }),
      retrain('aws-train-g5-12x', 'text-toxicity-retrain', 340),
    ],
  },
  {
    name: 'counterfeit-vit',
    title: 'Counterfeit ViT',
    team,
    owner: 'ines',
    launched: 330,
    uses: [
      nightly('azure-train-nc24', 'counterfeit-vit-train', 2300),
      serve('azure-vm-nc24', 'counterfeit-vit-01', 2100, { shape: 'steady' }),
      data('azure-blob', 'wrenfieldcounterfeit', 130),
    ],
  },
  {
    name: 'chargeback-xgb',
    title: 'Chargeback',
    team,
    owner: 'rafael',
    uses: [
      nightly('aws-train-m5', 'chargeback-xgb-train', 310, { tagging: 'legacy' }),
      serve('aws-host-c6i', 'chargeback-xgb-prod', 360),
    ],
  },
  {
    name: 'account-takeover',
    title: 'Account takeover',
    team,
    owner: 'rafael',
    uses: [
      serve('gcp-predict-n1', 'account-takeover-prod', 790),
      nightly('gcp-train-a2', 'account-takeover-train', 620),
      data('gcp-bigquery', 'trust_logins', 540, { shape: 'nightly' }),
    ],
  },
  {
    name: 'seller-risk-gnn',
    title: 'Seller risk graph',
    team,
    owner: 'rafael',
    uses: [
      retrain('aws-train-g5-48x', 'seller-risk-gnn-train', 1900, { perMonth: 3 }),
      experiments('aws-ec2-g5-12x', 'seller-risk-lab', 640),
    ],
  },
  {
    name: 'policy-judge',
    title: 'Policy judge',
    team,
    owner: 'ines',
    growth: 0.06,
    uses: [
      ...tokens('claude-sonnet', 'policy-judge-prod', { in: 460, cached: 900, out: 62 }, { tagging: 'rule' }),
    ],
  },
];
