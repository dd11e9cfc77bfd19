/** All models of the organisation. */
import { ASSISTANT_MODELS } from './models/assistant.ts';
import { GROWTH_MODELS } from './models/growth.ts';
import { PLATFORM_MODELS } from './models/platform.ts';
import { RECOMMENDATION_MODELS } from './models/recommendations.ts';
import { SEARCH_MODELS } from './models/search.ts';
import { TRUST_SAFETY_MODELS } from './models/trust-safety.ts';
import type { ModelSeed } from './types.ts';

export const MODELS: readonly ModelSeed[] = [
  ...SEARCH_MODELS,
  ...GROWTH_MODELS,
  ...RECOMMENDATION_MODELS,
  ...TRUST_SAFETY_MODELS,
  ...ASSISTANT_MODELS,
  ...PLATFORM_MODELS,
];
