/** What the newest analysis was made of: whether there is anything new to analyse, and how far it reaches. */
import { createHash } from 'node:crypto';
import type { Day } from '../../core/day.ts';
import { dayInZone } from '../../core/day.ts';
import { listAnomalies } from '../../store/anomalies.ts';
import { listBudgets } from '../../store/budgets.ts';
import { readSources } from '../../store/freshness.ts';
import { usageReach } from '../../store/input-version.ts';
import { readMeta, writeMeta } from '../../store/meta.ts';
import type { Store, StoreTransaction } from '../../store/open.ts';
import { listPlans } from '../../store/planned-spend.ts';
import { USAGE_KIND } from '../../store/usage.ts';
import { isStale } from '../answer/stale.ts';
import type { Context } from '../context.ts';

const KEY = 'anomalies.analysed';

export interface Analysed {
  /** Digest of everything the result depends on. */
  readonly digest: string;
  /** Last day that any place was judged through. */
  readonly through: Day;
  /** Places that were scored. */
  readonly places: number;
  /** When, ISO. */
  readonly at: string;
  /** Sources that had complete days: those of another one are history that was loaded since. */
  readonly sources?: readonly string[];
}

/** Undefined when nothing was analysed yet. */
export async function readAnalysed(store: Store | StoreTransaction): Promise<Analysed | undefined> {
  const text = await readMeta(store, KEY);
  return text === undefined ? undefined : (JSON.parse(text) as Analysed);
}

export async function writeAnalysed(tx: StoreTransaction, analysed: Analysed): Promise<void> {
  await writeMeta(tx, KEY, JSON.stringify(analysed));
}

/** Changes whenever costs, how far they are complete, settings, plans, or what people said have changed. */
export async function digestOfInput({
  store,
  settings,
  now: clock,
}: Pick<Context, 'store' | 'settings' | 'now'>): Promise<string> {
  const now = clock();
  const at = { now, today: dayInZone(now, settings.timeZone), settings };
  const sources = await readSources(store);
  const said = await listAnomalies(store, { judged: true });
  const parts = {
    costs: await readMeta(store, 'daily-cost.version'),
    sources: sources.map((source) => [source.name, source.watermark, isStale(source, at)]),
    rules: settings.anomalies,
    currency: settings.currency,
    rates: settings.fx,
    // Prices of units move with usage.
    usage: settings.anomalies.rules.some(({ per }) => per !== undefined)
      ? await usageReach(store, USAGE_KIND)
      : '',
    splits: settings.splits,
    budgets: (await listBudgets(store)).map(({ scope }) => scope),
    plans: await listPlans(store),
    said: said.map(({ id, feedback, expectedUntil }) => [id, feedback, expectedUntil]),
  };
  const text = JSON.stringify(parts, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
  return createHash('sha256').update(text).digest('hex');
}
