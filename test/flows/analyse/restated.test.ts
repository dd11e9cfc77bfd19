/** A bill that is corrected later undoes the anomaly that was found in it, and says so. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Day, eachDay } from '../../../src/core/day.ts';
import { allocateDays } from '../../../src/flows/allocate.ts';
import { analyse } from '../../../src/flows/analyse.ts';
import type { Context } from '../../../src/flows/context.ts';
import { importFocus } from '../../../src/flows/import-focus.ts';
import { focusFile } from '../../../src/sources/focus-file/index.ts';
import { listAnomalies } from '../../../src/store/anomalies.ts';
import { listAnomalyEvents } from '../../../src/store/anomaly-events.ts';
import { charge, csv, openWorkbench, type Workbench } from '../import-focus/workbench.ts';

const LAST = '2026-11-19';
let bench: Workbench;
let context: Context;
let now = Date.parse('2026-11-20T09:00:00Z');

beforeAll(async () => {
  bench = await openWorkbench();
  context = { ...bench.context, now: () => now };
});
afterAll(() => bench.close());

/** $870 a day, give or take a few, but for the days that are said. */
function bill(special: Readonly<Record<Day, string>>): string[] {
  const charges = eachDay('2026-09-01', LAST).map((day, index) =>
    charge(day, special[day] ?? `${860 + ((index * 7) % 21)}.00`, {
      BillingPeriodEnd: '2026-12-01T00:00:00Z',
    }),
  );
  return [bench.file(`${Object.values(special).join('-')}.csv`, csv(charges))];
}

async function importAll(special: Readonly<Record<Day, string>>): Promise<void> {
  await importFocus(
    context,
    { source: focusFile, allocate: allocateDays },
    { files: bill(special), completeUntil: LAST, actor: { kind: 'system', job: 'test' } },
  );
}

it('is opened, told once, and closed with the reason when the bill is restated', async () => {
  await importAll({ '2026-11-18': '2310.00' });
  const first = await analyse(context);
  expect(first.opened).toHaveLength(1);
  expect(first.effects).toEqual([
    { id: first.opened[0], effect: { kind: 'tell', how: 'message', why: 'opened' } },
  ]);
  expect(await analyse(context)).toMatchObject({ scored: false, opened: [], effects: [] });

  now = Date.parse('2026-11-21T09:00:00Z');
  await importAll({ '2026-11-18': '870.00' });
  const again = await analyse({ ...context, now: () => now });
  expect(again.corrected).toEqual(first.opened);
  const [anomaly] = await listAnomalies(bench.store);
  expect(anomaly).toMatchObject({
    status: 'resolved',
    statusReason: 'Corrected 21 Nov: the bill for 18 Nov was restated from $2,310 to $870; closed',
  });
  expect(again.effects).toEqual([
    { id: anomaly?.id, effect: { kind: 'correct', reason: anomaly?.statusReason } },
  ]);
  const events = await listAnomalyEvents(bench.store, anomaly?.id ?? 0);
  expect(events.map(({ kind }) => kind)).toEqual(['opened', 'told', 'corrected']);
  expect(events.at(-1)?.data).toMatchObject({
    bill: { days: ['2026-11-18'], currency: 'USD', before: '2310', after: '870' },
  });
  expect(await analyse({ ...context, now: () => now, settings: { ...context.settings } })).toMatchObject({
    corrected: [],
  });
});

it('stays open with other figures when the bill is restated only in part', async () => {
  await importAll({ '2026-11-19': '3000.00' });
  now += 3_600_000;
  const { opened } = await analyse(context);
  expect(opened).toHaveLength(1);
  now += 3_600_000;
  await importAll({ '2026-11-19': '2000.00' });
  const { corrected, effects } = await analyse(context);
  expect(corrected).toEqual(opened);
  const [anomaly] = await listAnomalies(bench.store, { status: ['open'] });
  expect(anomaly?.actualMicros).toBe(2_000_000_000n);
  expect(effects).toEqual([
    {
      id: anomaly?.id,
      effect: {
        kind: 'correct',
        reason: 'Corrected 21 Nov: the bill for 19 Nov was restated from $3,000 to $2,000',
      },
    },
  ]);
});
