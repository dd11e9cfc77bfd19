/** Price × volume × mix of a change, where what was bought is counted. */

import { foldKey } from '../../analysis/allocate/fold.ts';
import { type MixPart, priceVolumeMix } from '../../analysis/explain/price-volume-mix.ts';
import { meansOf, sidesByKey } from '../../analysis/explain/sides.ts';
import { parseSku, type TokenKind, tokenSku } from '../../analysis/explain/sku.ts';
import { swapOf } from '../../analysis/explain/swap.ts';
import { type TokenCost, type TokenQuantity, tokenKey, tokenMix } from '../../analysis/explain/token-mix.ts';
import type { Contribution, PriceVolumeMix, UsageChange } from '../../core/anomaly.ts';
import type { StorySwap } from '../../core/change-story.ts';
import type { UnitMetric } from '../../core/usage.ts';
import type { Figures } from './figures.ts';
import type { ReadChange } from './read-change.ts';

/** Tokens explain a change when they are at least this share of it. */
const MOST = 0.8;

export interface Split {
  readonly split: PriceVolumeMix;
  /** Language models whose tokens nobody counted apart. */
  readonly blended: readonly string[];
  /** Language models in place of others. */
  readonly swap?: StorySwap;
}

/** By kind of tokens and language model; undefined when the change is not about tokens, or they are not counted. */
export function tokenSplit(
  { skus, comparison }: ReadChange,
  figures: Figures,
  usage: readonly UsageChange[],
  metered: ReadonlyMap<string, TokenQuantity>,
): Split | undefined {
  const costs = new Map<string, TokenCost>();
  const spellings = new Map<string, string>();
  for (const [key, sides] of sidesByKey(skus, comparison)) {
    const token = tokenSku(parseSku(key));
    const means = meansOf(sides, comparison);
    if (!token) continue;
    // Vendors and clouds write one model's name in two ways.
    const spelled = spellings.get(foldKey(token.model)) ?? token.model;
    spellings.set(foldKey(token.model), spelled);
    const name = tokenKey(foldKey(spelled), token.kind);
    const known = costs.get(name);
    costs.set(name, {
      ...{ kind: token.kind, model: spelled },
      costBefore: (known?.costBefore ?? 0n) + means.expectedMicros,
      costDuring: (known?.costDuring ?? 0n) + means.actualMicros,
    });
  }
  const change = Number(figures.actualMicros - figures.expectedMicros);
  const all = [...costs.values()];
  const moved = all.reduce((sum, cost) => sum + Number(cost.costDuring - cost.costBefore), 0);
  if (change === 0 || moved / change < MOST || figures.shared) return undefined;
  const quantities = new Map(
    usage.flatMap(({ metric, before, during }) =>
      isTokenKind(metric) && before !== null && during !== null
        ? [[metric, { before: micros(before), during: micros(during) }] as const]
        : [],
    ),
  );
  const mix = tokenMix(all, quantities, metered);
  const split = mix && priceVolumeMix('tokens', mix.parts);
  const swap = modelSwap(all, change);
  return split && { split, blended: mix.blended, ...(swap && { swap }) };
}

/** Whose tokens are bought now, and whose were before. */
function modelSwap(costs: readonly TokenCost[], change: number): StorySwap | undefined {
  const models = new Map<string, { before: bigint; during: bigint }>();
  for (const { model, costBefore, costDuring } of costs) {
    const known = models.get(model) ?? { before: 0n, during: 0n };
    models.set(model, { before: known.before + costBefore, during: known.during + costDuring });
  }
  const parts = [...models].map(
    ([model, { before, during }]): Contribution => ({
      dimension: 'sku',
      key: model || null,
      label: model,
      actualMicros: during,
      expectedMicros: before,
      changeMicros: during - before,
      share: Number(during - before) / change,
    }),
  );
  return swapOf(parts);
}

/** All cost of the scope by one metric: more of it, and more for each. */
export function unitSplit(figures: Figures, usage: readonly UsageChange[]): PriceVolumeMix | undefined {
  const metrics: readonly UnitMetric[] = ['requests', 'gpu_hours', 'training_hours', 'epochs'];
  for (const metric of metrics) {
    const known = usage.find((one) => one.metric === metric);
    if (!known || known.before === null || known.during === null) continue;
    const part: MixPart = {
      key: metric,
      quantityBefore: micros(known.before),
      quantityDuring: micros(known.during),
      costBefore: figures.expectedMicros,
      costDuring: figures.actualMicros,
    };
    const split = priceVolumeMix(metric, [part]);
    if (split) return split;
  }
  return undefined;
}

function isTokenKind(metric: UsageChange['metric']): metric is TokenKind {
  return metric === 'input_tokens' || metric === 'output_tokens' || metric === 'cached_tokens';
}

function micros(units: number): bigint {
  return BigInt(Math.round(units * 1e6));
}
