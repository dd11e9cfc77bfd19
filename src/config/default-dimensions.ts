/** Tag keys and spellings that most organisations use, for everybody who names none. */
import type { Dimension } from '../core/dimension.ts';

export const STAGES = ['training', 'inference', 'data', 'other'] as const;
export const ENVIRONMENTS = ['dev', 'staging', 'prod'] as const;

export interface TagsAndValues {
  readonly tags: readonly string[];
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** Case, spaces, "-" and "_" in tag keys do not matter, so "cost-center" also finds "CostCenter". */
export const DEFAULT_DIMENSIONS: Readonly<Record<Dimension, TagsAndValues>> = {
  team: { tags: ['team', 'team-name', 'owning-team', 'squad'], values: {} },
  model: { tags: ['model', 'model-name', 'ml-model'], values: {} },
  modelVersion: { tags: ['model-version', 'model-revision'], values: {} },
  stage: {
    tags: ['stage', 'ml-stage', 'workload', 'workload-type'],
    values: {
      training: ['train', 'retrain', 'retraining', 'fine-tune', 'fine-tuning', 'finetuning'],
      inference: ['infer', 'serve', 'serving', 'predict', 'prediction', 'endpoint'],
      data: ['etl', 'preprocessing', 'labeling', 'labelling', 'features'],
      other: [],
    },
  },
  environment: {
    tags: ['environment', 'env', 'deployment-environment'],
    values: {
      dev: ['development', 'sandbox', 'test', 'testing'],
      staging: ['stage', 'stg', 'preprod', 'pre-production', 'uat'],
      prod: ['production', 'prd', 'live'],
    },
  },
  feature: { tags: ['feature', 'product-feature', 'use-case'], values: {} },
  costCenter: { tags: ['cost-center', 'cost-centre'], values: {} },
  experiment: { tags: ['experiment', 'experiment-id', 'experiment-name'], values: {} },
};
