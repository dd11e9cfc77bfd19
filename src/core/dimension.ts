/** The words money is asked by: what allocation sets, and what an answer can be broken down by. */

/** Dimensions that allocation decides for each charge. */
export const DIMENSIONS = [
  'team',
  'model',
  'modelVersion',
  'stage',
  'environment',
  'feature',
  'costCenter',
  'experiment',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export type Allocation = { readonly [D in Dimension]?: string };

/** Columns an answer may be grouped by: the dimensions and a few of the bill's own columns. */
export const BREAKDOWNS = [
  ...DIMENSIONS,
  'provider',
  'service',
  'region',
  'account',
  'category',
  'resource',
] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];

/** What people type after "by". */
export const BREAKDOWN_WORDS: Readonly<Record<string, Breakdown>> = {
  team: 'team',
  model: 'model',
  version: 'modelVersion',
  modelversion: 'modelVersion',
  stage: 'stage',
  environment: 'environment',
  env: 'environment',
  feature: 'feature',
  costcenter: 'costCenter',
  experiment: 'experiment',
  provider: 'provider',
  cloud: 'provider',
  service: 'service',
  region: 'region',
  account: 'account',
  category: 'category',
  resource: 'resource',
};

/** Which FOCUS cost column a figure is. */
export const BASES = ['effective', 'billed', 'list', 'contracted'] as const;
export type Basis = (typeof BASES)[number];

export const BASIS_COLUMN: Readonly<Record<Basis, string>> = {
  effective: 'EffectiveCost',
  billed: 'BilledCost',
  list: 'ListCost',
  contracted: 'ContractedCost',
};

/** FOCUS ChargeCategory values. */
export const CHARGE_CATEGORIES = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'] as const;
export type ChargeCategory = (typeof CHARGE_CATEGORIES)[number];
