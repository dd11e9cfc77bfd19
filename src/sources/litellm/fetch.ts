/** Batches of a proxy's spend: one per calendar month, the newest first, read day by day. */
import { type Day, eachDay } from '../../core/day.ts';
import { isZeroDecimal } from '../../core/decimal.ts';
import { monthsOf } from '../month-batches.ts';
import type { Charge, ChargeBatch, FetchRequest, MeteredUsage } from '../types.ts';
import { type LiteLlmProxy, openProxy, readActivity, readLogs, readTeams } from './client.ts';
import { spendOfActivity } from './from-activity.ts';
import { spendOfLog } from './from-logs.ts';
import { type MapOptions, toCharge, toUsage } from './map.ts';
import type { LiteLlmSettings } from './settings.ts';
import { createSpendSums, type Spend } from './spend.ts';

const COUNTED =
  "LiteLLM's spend is its own price list, not an invoice. If the vendors behind the proxy are connected too, their bills count the same tokens again: write count: no at this source.";

export async function* fetchSpend(
  settings: LiteLlmSettings,
  request: FetchRequest,
): AsyncGenerator<ChargeBatch> {
  const proxy = openProxy(settings, request);
  const options: MapOptions = { host: proxy.host, teams: await readTeams(proxy) };
  let warnings = settings.count && request.newest ? [COUNTED] : [];
  for (const days of monthsOf(request.window)) {
    request.signal.throwIfAborted();
    yield {
      ...batchOf(days, { settings, proxy, options }),
      warnings,
      // Without charges nothing else would say that the usage of these days is all there.
      ...(!settings.count && { completeThrough: request.completeThrough }),
    };
    warnings = [];
  }
}

function batchOf(
  days: ChargeBatch['days'],
  parts: { readonly settings: LiteLlmSettings; readonly proxy: LiteLlmProxy; readonly options: MapOptions },
): ChargeBatch {
  const { settings, proxy, options } = parts;
  const usage: MeteredUsage[] = [];
  const free = new Set<string>();
  async function* charges(): AsyncGenerator<readonly Charge[]> {
    for (const day of eachDay(days.start, days.end)) {
      const spends = await readDay(proxy, settings, day);
      usage.push(...spends.flatMap((spend) => toUsage(spend, options)));
      for (const { model, metrics } of spends)
        if (model !== undefined && metrics.prompt + metrics.output > 0n && isZeroDecimal(metrics.spend))
          free.add(model);
      if (!settings.count) continue;
      yield spends
        .filter(({ metrics }) => !isZeroDecimal(metrics.spend))
        .map((spend) => toCharge(spend, options));
    }
  }
  return {
    kind: 'charges',
    days,
    charges: charges(),
    usage: () => usage,
    lateWarnings: () => (settings.count ? freeWarning(free) : []),
  };
}

async function readDay(proxy: LiteLlmProxy, settings: LiteLlmSettings, day: Day): Promise<readonly Spend[]> {
  const sums = createSpendSums();
  switch (settings.by) {
    case 'daily-activity':
      for await (const activity of readActivity(proxy, day))
        for (const spend of spendOfActivity(activity)) sums.add(spend);
      return sums.list();
    case 'spend-logs':
      for await (const logs of readLogs(proxy, day))
        for (const log of logs) sums.add(spendOfLog(log, settings.tags));
      return sums.list();
  }
}

const NAMED = 5;

function freeWarning(models: ReadonlySet<string>): string[] {
  if (models.size === 0) return [];
  const named = [...models].sort().slice(0, NAMED).join(', ');
  const more = models.size > NAMED ? ` and ${models.size - NAMED} more` : '';
  return [
    `LiteLLM counts tokens but no cost for ${named}${more}: a model without a price in the proxy counts as free there.`,
  ];
}
