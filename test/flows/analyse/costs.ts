/** Allocated costs put straight into a real database, as allocation would leave them. */
import { addDays, type Day, daysBetween, eachDay } from '../../../src/core/day.ts';
import type { Settings } from '../../../src/core/settings.ts';
import type { Context } from '../../../src/flows/context.ts';
import { markWritten } from '../../../src/store/kept-costs.ts';
import { contextOf, openTempStore } from '../../temp-store.ts';

export const FIRST = '2026-09-01';

/** Dollars of a place by day from 0. */
export type Costs = Readonly<Record<string, (day: number) => number>>;

export interface Organisation {
  readonly context: Context;
  /** The clock from now on. */
  at(time: string): void;
  /** Puts the days up to `last` in place of what was there, complete through `watermark`. Paths: "team/model/stage/service". */
  write(
    costs: Costs,
    last: Day,
    options?: { readonly watermark?: Day; readonly category?: string },
  ): Promise<void>;
  close(): Promise<void>;
}

export async function openOrganisation(settings: Partial<Settings> = {}): Promise<Organisation> {
  const { store, close } = await openTempStore();
  let now = '2026-11-20T09:00:00Z';
  const context: Context = { ...contextOf(store, { now, settings }), now: () => Date.parse(now) };
  return {
    context,
    close,
    at(time) {
      now = time;
    },
    async write(costs, last, { watermark = last, category = 'Usage' } = {}) {
      await store.dailyCost.deleteMany({ where: { category } });
      await store.dailyCost.createMany({
        data: Object.entries(costs).flatMap(([path, cost]) => rowsOf(path, cost, last, category)),
      });
      const reach = { kind: 'focus-file', watermark, lastSuccessAt: new Date(now) };
      await store.source.upsert({ where: { name: 'aws' }, create: { name: 'aws', ...reach }, update: reach });
      await store.$transaction(markWritten);
    },
  };
}

function rowsOf(path: string, cost: (day: number) => number, last: Day, category: string) {
  const [team, model, stage, service = ''] = path.split('/');
  return eachDay(FIRST, last).map((day) => ({
    day,
    source: 'aws',
    team: team || null,
    model: model || null,
    stage: stage || null,
    provider: 'AWS',
    service,
    category,
    currency: 'USD',
    effectiveMicros: BigInt(Math.round(cost(daysBetween(FIRST, day)) * 1e6)),
  }));
}

/** Some level with a little noise, and so much more on the days named. */
export function usual(amount: number, more: Readonly<Record<Day, number>> = {}): (day: number) => number {
  return (day) => amount * (1 + 0.02 * Math.sin(day * 12.9898)) + (more[addDays(FIRST, day)] ?? 0);
}
