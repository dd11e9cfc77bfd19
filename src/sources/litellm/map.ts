/** LiteLLM's spend in the words of FOCUS, and its tokens as metered usage with the same tags. */
import { startOfMonth } from '../../core/day.ts';
import { formatDecimal } from '../../core/decimal.ts';
import { parseDecimal, rescale } from '../../core/money.ts';
import { type Charge, type MeteredUsage, MODEL_TAG, type UsageMeter } from '../types.ts';
import { providerName, splitModel } from './providers.ts';
import type { Metrics } from './schema.ts';
import type { Spend } from './spend.ts';

const LITELLM = 'LiteLLM';
/** Floats of tiny amounts have more decimals than amounts are kept with. */
const DECIMALS = 18;
/** Of a key's hash: enough to find it again, nothing to use. */
const HASH_SHOWN = 8;

export interface MapOptions {
  readonly host: string;
  /** Team id → alias. */
  readonly teams: ReadonlyMap<string, string>;
}

export function toCharge(spend: Spend, options: MapOptions): Charge {
  const { provider, model } = modelOf(spend);
  const { digits, scale } = parseDecimal(spend.metrics.spend);
  const amount = formatDecimal(rescale(digits, scale, DECIMALS), DECIMALS);
  const team = teamOf(spend, options);
  return {
    ProviderName: provider,
    PublisherName: provider,
    InvoiceIssuerName: LITELLM,
    BillingAccountId: options.host,
    ...(spend.teamId !== undefined && { SubAccountId: spend.teamId }),
    ...(team !== undefined && { SubAccountName: team }),
    ServiceName: LITELLM,
    ServiceCategory: 'AI and Machine Learning',
    ServiceSubcategory: 'Generative AI',
    ...(model !== undefined && { SkuId: model }),
    ChargeCategory: 'Usage',
    ChargeFrequency: 'Usage-Based',
    ChargePeriodStart: spend.day,
    BillingPeriodStart: startOfMonth(spend.day),
    BillingCurrency: 'USD',
    BilledCost: amount,
    EffectiveCost: amount,
    ListCost: null,
    ContractedCost: null,
    Tags: { ...tagsOf(spend, options), ...(model !== undefined && { [MODEL_TAG]: model }) },
  };
}

/** One row per meter that counted anything. */
export function toUsage(spend: Spend, options: MapOptions): MeteredUsage[] {
  const { provider, model } = modelOf(spend);
  const { day } = spend;
  const row = {
    day,
    provider,
    service: LITELLM,
    model: model ?? 'unknown',
    tier: 'standard',
    tags: tagsOf(spend, options),
  };
  return Object.entries(metersOf(spend.metrics)).flatMap(([meter, quantity]) =>
    quantity > 0n ? [{ ...row, meter: meter as UsageMeter, quantity }] : [],
  );
}

/** Prompt tokens include cached ones; where a vendor's do not, they are all uncached. */
function metersOf({ prompt, output, cacheRead, cacheWrite, requests }: Metrics) {
  const uncached = prompt - cacheRead - cacheWrite;
  return {
    requests,
    uncached_input_tokens: uncached < 0n ? prompt : uncached,
    cached_input_tokens: cacheRead,
    cache_write_tokens: cacheWrite,
    output_tokens: output,
  } satisfies { readonly [M in UsageMeter]?: bigint };
}

function modelOf(spend: Spend): { readonly provider: string; readonly model: string | undefined } {
  const split = spend.model === undefined ? undefined : splitModel(spend.model);
  return {
    provider: providerName(spend.provider ?? split?.provider) ?? LITELLM,
    model: split?.model,
  };
}

/** A request's own tags never stand in for the key's team or the model. */
function tagsOf(spend: Spend, options: MapOptions): Record<string, string> {
  const team = teamOf(spend, options);
  const key = keyOf(spend);
  return {
    ...spend.tags,
    ...(team !== undefined && { team }),
    ...(key !== undefined && { litellm_key: key }),
  };
}

function teamOf({ teamId, teamAlias }: Spend, { teams }: MapOptions): string | undefined {
  return teamAlias ?? (teamId === undefined ? undefined : (teams.get(teamId) ?? teamId));
}

/** Its alias, else the start of its hash; a key that is written out in full is never shown. */
function keyOf({ key, keyAlias }: Spend): string | undefined {
  if (keyAlias !== undefined) return keyAlias;
  return key !== undefined && /^[0-9a-f]{32,}$/i.test(key) ? key.slice(0, HASH_SHOWN) : undefined;
}
