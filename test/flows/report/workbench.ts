/** A report made from a few facts: how much a day, per model, and what the report says. */
import { eachDay, earlier, later } from '../../../src/core/day.ts';
import { parseScope } from '../../../src/core/scope.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { type ComposedReport, composeReport } from '../../../src/flows/report/compose.ts';
import type { Store } from '../../../src/store/open.ts';
import { renderText } from '../../../src/view/fallback.ts';
import { contextOf } from '../../temp-store.ts';

/** Monday 09:00 in Berlin; the week before is 16–22 Nov. */
export const NOW = '2026-11-23T08:00:00Z';

export interface Costs {
  readonly model?: string;
  readonly team?: string;
  readonly start?: string;
  readonly end?: string;
  /** Dollars a day, or by day. */
  readonly cost: number | ((day: string) => number);
}

/** One allocated charge. */
export interface Charge {
  readonly day: string;
  /** Dollars; null where the bill has no EffectiveCost. */
  readonly cost: number | null;
  readonly model: string | null;
  readonly team: string | null;
  readonly stage: string;
  readonly source: string;
  readonly service: string;
  readonly region: string | null;
  readonly category: string;
  readonly currency: string;
}

/** A charge a day for one model; ten weeks up to Sunday 22 Nov unless told. */
export function costs(
  { model = 'bert', team = 'search', start = '2026-09-14', end = '2026-11-22', cost }: Costs,
  more: Partial<Omit<Charge, 'day'>> = {},
): Charge[] {
  return eachDay(start, end).map((day) => ({
    day,
    cost: typeof cost === 'number' ? cost : cost(day),
    team: team || null,
    model: model || null,
    stage: 'inference',
    source: 'focus',
    service: 'Amazon SageMaker',
    region: null,
    category: 'Usage',
    currency: 'USD',
    ...more,
  }));
}

export interface Asked {
  readonly scope?: string;
  readonly frequency?: 'weekly' | 'daily';
  readonly now?: string;
  readonly timeZone?: string;
  readonly settings?: Partial<Settings>;
  readonly alone?: boolean;
}

export interface Made extends ComposedReport {
  readonly heading: string;
  /** The message as text, and what continues in the thread. */
  readonly text: string;
  readonly thread: readonly string[];
}

export async function make(store: Store, asked: Asked = {}): Promise<Made> {
  const { scope = 'team:search', frequency = 'weekly', now = NOW, timeZone = 'Europe/Berlin', alone } = asked;
  const report = await composeReport(contextOf(store, { now, settings: asked.settings }), {
    scope: parseScope(scope),
    frequency,
    at: Date.parse(now),
    timeZone,
    ...(alone !== undefined && { alone }),
  });
  const [root, ...thread] = report.views.map((view) => renderText(view));
  return { ...report, heading: (root ?? '').split('\n')[0] ?? '', text: root ?? '', thread };
}

/** Puts charges into the allocated layer, with their sources complete up to `watermark` or their last day. */
export async function fill(store: Store, charges: readonly Charge[], watermark?: string): Promise<void> {
  for (const source of new Set(charges.map((charge) => charge.source))) {
    const days = charges.filter((charge) => charge.source === source).map(({ day }) => day);
    const [firstDay, lastDay] = [days.reduce(earlier), days.reduce(later)];
    const bill = { source, billingAccountId: 'acct', billingPeriodStart: 'all', firstDay, lastDay };
    await store.bill.create({ data: { ...bill, digest: 'test', batchId: 0 } });
    const mark = watermark ?? lastDay;
    await store.source.create({ data: { name: source, kind: 'focus-file', watermark: mark } });
  }
  await store.dailyCost.createMany({
    data: charges.map(({ cost, ...charge }) => ({
      ...charge,
      provider: 'AWS',
      effectiveMicros: cost === null ? null : BigInt(Math.round(cost * 1e6)),
    })),
  });
}
