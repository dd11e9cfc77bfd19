/** Models of team search: query understanding, ranking and embeddings. */
import type { ModelSeed } from '../types.ts';
import { bucket, data, experiments, nightly, retrain, serve, tokens } from '../uses.ts';

const team = 'search';

export const SEARCH_MODELS: readonly ModelSeed[] = [
  {
    name: 'bert',
    title: 'BERT',
    team,
    owner: 'mira',
    aliases: ['bert-base'],
    growth: 0.03,
    versioned: true,
    uses: [
      // The last retrain is the one that did not end: see incidents.ts.
      retrain('aws-train-p4d', 'bert-retrain', 1650, { perMonth: 2, until: 8 }),
      nightly('aws-train-g5-48x', 'bert-finetune', 3200),
      experiments('aws-train-g5-12x', 'bert-ablation', 420, {
        tags: { model: 'bert-base', experiment: 'shorter-context' },
      }),
      serve('aws-host-g5-2x', 'bert-prod', 4800),
      // Deployed by hand: its only tag is the environment, the endpoint's name tells the rest.
      serve('aws-host-g5-2x', 'bert-eu', 1250, { region: 'eu-west-1', tagging: 'rule' }),
      serve('aws-host-g5-xl', 'bert-staging', 190, { environment: 'staging' }),
      ...bucket('wrenfield-bert-artifacts', 260),
      data('aws-process-m5', 'bert-tokenise', 330, { shape: 'nightly' }),
      ...tokens(
        'gpt-4.1-mini',
        'bert-labelling',
        { in: 310, out: 42 },
        { stage: 'data', shape: 'weekly', tagging: 'rule' },
      ),
    ],
  },
  {
    name: 'ranker-v3',
    title: 'Ranker v3',
    team,
    owner: 'tomas',
    versioned: true,
    uses: [
      nightly('aws-train-g5-48x', 'ranker-v3-train', 5200),
      experiments('aws-train-g5-12x', 'ranker-v3-sweep', 1500, { tags: { experiment: 'listwise-loss' } }),
      serve('aws-host-g5-2x', 'ranker-v3-prod', 6100),
      serve('aws-host-g5-xl', 'ranker-v3-staging', 260, { environment: 'staging' }),
      ...bucket('wrenfield-ranker-features', 540),
    ],
  },
  {
    name: 'ranker-v2',
    title: 'Ranker v2',
    team,
    owner: 'tomas',
    retired: 148,
    uses: [
      serve('aws-host-g5-xl', 'ranker-v2-prod', 3400, { tagging: 'legacy' }),
      nightly('aws-train-g5-12x', 'ranker-v2-train', 1300, { tagging: 'legacy' }),
    ],
  },
  {
    name: 'embeddings',
    title: 'Listing embeddings',
    team,
    owner: 'yuki',
    aliases: ['listing-embeddings'],
    uses: [
      serve('aws-ec2-g5-2x', 'embeddings-batch', 2600, { instances: 3, shape: 'nightly' }),
      serve('aws-titan-embed', 'listing-embeddings', 780),
      ...bucket('wrenfield-embeddings', 690),
      data('aws-transfer', 'wrenfield-embeddings', 310, { shape: 'traffic' }),
      ...tokens('embedding-3-large', 'embeddings-prod', { in: 5200 }, { tagging: 'rule' }),
    ],
  },
  {
    name: 'query-rewriter',
    title: 'Query rewriter',
    team,
    owner: 'mira',
    growth: 0.055,
    uses: [
      ...tokens(
        'gpt-4.1-mini',
        'query-rewriter-prod',
        { in: 2900, cached: 1900, out: 410 },
        { tagging: 'rule', tags: { feature: 'search-box' } },
      ),
      ...tokens(
        'gpt-4.1-mini',
        'query-rewriter-dev',
        { in: 120, out: 22 },
        { tagging: 'rule', environment: 'dev', shape: 'burst' },
      ),
    ],
  },
  {
    name: 'spell-t5',
    title: 'Spelling T5',
    team,
    owner: 'yuki',
    uses: [
      serve('aws-host-inf2', 'spell-t5-prod', 1150),
      retrain('aws-train-g5-12x', 'spell-t5-retrain', 310),
    ],
  },
  {
    name: 'visual-search',
    title: 'Visual search (CLIP)',
    team,
    owner: 'yuki',
    versioned: true,
    uses: [
      serve('gcp-predict-g2', 'visual-search-prod', 3300),
      retrain('gcp-train-a2-8', 'visual-search-retrain', 2300),
      data('gcp-gcs', 'wrenfield-listing-photos', 880),
      ...bucket('wrenfield-photo-mirror', 420),
      data('aws-transfer', 'wrenfield-photo-mirror', 360, { shape: 'traffic' }),
    ],
  },
  {
    name: 'geo-intent',
    title: 'Geo intent',
    team,
    owner: 'tomas',
    uses: [serve('aws-host-c6i', 'geo-intent-prod', 390), nightly('aws-train-m5', 'geo-intent-train', 210)],
  },
];
