/** Models of team recommendations: home feed, similar items, bundles. */
import type { ModelSeed } from '../types.ts';
import { bucket, data, experiments, nightly, retrain, serve, tokens } from '../uses.ts';

const team = 'recommendations';

export const RECOMMENDATION_MODELS: readonly ModelSeed[] = [
  {
    name: 'two-tower',
    title: 'Two-tower retrieval',
    team,
    owner: 'amara',
    versioned: true,
    uses: [
      nightly('gcp-train-a2', 'two-tower-train', 4100),
      retrain('gcp-train-a2-8', 'two-tower-full', 3000),
      serve('gcp-predict-g2', 'two-tower-prod', 3900),
      data('gcp-bigquery', 'reco_interactions', 1700, { shape: 'nightly' }),
      data('gcp-gcs', 'wrenfield-reco-examples', 520),
    ],
  },
  {
    name: 'homefeed-ranker',
    title: 'Home feed ranker',
    team,
    owner: 'noah',
    versioned: true,
    uses: [
      nightly('aws-train-g5-48x', 'homefeed-ranker-train', 4300),
      experiments('aws-train-g5-12x', 'homefeed-ranker-sweep', 980, {
        tags: { experiment: 'multi-task-heads' },
      }),
      serve('aws-host-g5-2x', 'homefeed-ranker-prod', 4600),
      ...bucket('wrenfield-homefeed', 380),
    ],
  },
  {
    name: 'session-gru',
    title: 'Session GRU',
    team,
    owner: 'noah',
    uses: [
      serve('aws-host-inf2', 'session-gru-prod', 1250),
      nightly('aws-train-g5-12x', 'session-gru-train', 980),
    ],
  },
  {
    name: 'similar-items',
    title: 'Similar items',
    team,
    owner: 'amara',
    uses: [
      serve('gcp-predict-g2', 'similar-items-prod', 2350),
      nightly('gcp-train-a2', 'similar-items-train', 940),
    ],
  },
  {
    name: 'bundle-builder',
    title: 'Bundle builder',
    team,
    owner: 'noah',
    uses: [
      ...tokens('gcp-gemini-flash', 'bundle-builder', { in: 1900, out: 390 }),
      data('gcp-bigquery', 'reco_bundles', 230, { shape: 'nightly' }),
    ],
  },
  {
    name: 'cold-start',
    title: 'Cold start',
    team,
    owner: 'amara',
    uses: [
      serve('aws-host-c6i', 'cold-start-prod', 460),
      retrain('aws-train-g5-12x', 'cold-start-retrain', 390),
    ],
  },
  {
    name: 'diffusion-thumbs',
    title: 'Diffusion thumbnails',
    team,
    owner: 'noah',
    launched: 118,
    growth: 0.08,
    uses: [
      retrain('aws-train-p4d', 'diffusion-thumbs-train', 3600, { perMonth: 2 }),
      serve('aws-ec2-g5-12x', 'diffusion-thumbs-gen', 3300, { instances: 4 }),
      ...bucket('wrenfield-thumbs', 210),
    ],
  },
];
