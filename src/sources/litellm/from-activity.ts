/** Daily activity → spend that adds up to the day's total: by model and key, and what they leave over. */
import { subtractDecimals } from '../../core/decimal.ts';
import { splitModel } from './providers.ts';
import type { ActivityDay, KeyPart, Metrics } from './schema.ts';
import { addMetrics, NOTHING, type Spend } from './spend.ts';

/** The proxy adds floats: sums may differ by this much, in US dollars, and by this share of them, without anything missing. */
const FLOAT_GAP = 1e-9;
const FLOAT_SHARE = 1e-11;

/**
 * One spend per model and key; without a key where the keys do not add up to their model; without a model where the
 * models do not add up to the day (tools that name none). Other breakdowns say the same money again and are not read,
 * except that they tell a key's provider when it used a single one.
 */
export function spendOfActivity(activity: ActivityDay): Spend[] {
  const { day, models, metrics: total } = activity;
  const providerOf = providersPerKey(activity);
  const base = { day, tags: {} };
  let inModels = NOTHING;
  const spends = Object.entries(models).flatMap(([model, { metrics, keys }]): Spend[] => {
    inModels = addMetrics(inModels, metrics);
    let inKeys = NOTHING;
    const parts = Object.entries(keys).map(([key, part]): Spend => {
      inKeys = addMetrics(inKeys, part.metrics);
      const provider = splitModel(model).provider ?? providerOf.get(key);
      return { ...base, model, provider, ...keyFacts(key, part), metrics: part.metrics };
    });
    const rest = restOf(metrics, inKeys);
    return rest ? [...parts, { ...base, model, metrics: rest }] : parts;
  });
  const rest = restOf(total, inModels);
  return rest ? [...spends, { ...base, metrics: rest }] : spends;
}

function keyFacts(key: string, { alias, teamId }: KeyPart): Pick<Spend, 'key' | 'keyAlias' | 'teamId'> {
  return { key: key === '' ? undefined : key, keyAlias: alias, teamId };
}

/** Keys that used exactly one provider on that day. */
function providersPerKey({ providers }: ActivityDay): Map<string, string> {
  const found = new Map<string, string | undefined>();
  for (const [provider, { keys }] of Object.entries(providers))
    for (const key of Object.keys(keys)) found.set(key, found.has(key) ? undefined : provider);
  return new Map([...found].flatMap(([key, provider]) => (provider === undefined ? [] : [[key, provider]])));
}

/** What the parts leave over; undefined when they add up. */
function restOf(whole: Metrics, parts: Metrics): Metrics | undefined {
  const spend = subtractDecimals(whole.spend, parts.spend) ?? '0';
  const gap = Math.max(FLOAT_GAP, FLOAT_SHARE * Math.abs(Number(whole.spend)));
  const missing = Math.abs(Number(spend)) > gap;
  const rest: Metrics = {
    spend: missing ? spend : '0',
    prompt: atLeastZero(whole.prompt - parts.prompt),
    output: atLeastZero(whole.output - parts.output),
    cacheRead: atLeastZero(whole.cacheRead - parts.cacheRead),
    cacheWrite: atLeastZero(whole.cacheWrite - parts.cacheWrite),
    requests: atLeastZero(whole.requests - parts.requests),
  };
  return missing || rest.prompt + rest.output + rest.requests > 0n ? rest : undefined;
}

function atLeastZero(count: bigint): bigint {
  return count > 0n ? count : 0n;
}
