/** What runs away is found within the day, and goes on as the same anomaly when the day is whole. */
import { afterEach, expect, it } from 'vitest';
import { addDays, eachDay } from '../../../src/core/day.ts';
import { analyse } from '../../../src/flows/analyse.ts';
import { listAnomalies } from '../../../src/store/anomalies.ts';
import { type Organisation, openOrganisation, usual } from './costs.ts';

let org: Organisation;
afterEach(() => org.close());

const LAST = '2026-11-19';
const TODAY = addDays(LAST, 1);

/** $10 an hour, and so much from an hour of today on; the hours up to `until` are there. */
async function writeHours(more: number, [from, until]: readonly [number, number]): Promise<void> {
  const hours = eachDay('2026-10-20', TODAY).flatMap((day) =>
    Array.from({ length: day === TODAY ? until + 1 : 24 }, (_, hour) => ({ day, hour })),
  );
  await org.context.store.hourlyCost.createMany({
    data: hours.map(({ day, hour }, index) => ({
      hour: `${day}T${String(hour).padStart(2, '0')}`,
      source: 'aws',
      team: 'search',
      model: 'bert',
      stage: 'training',
      provider: 'AWS',
      service: 'EC2',
      category: 'Usage',
      currency: 'USD',
      effectiveMicros: BigInt(
        9_900_000 + ((index * 7919) % 200_000) + (day === TODAY && hour >= from ? more : 0),
      ),
    })),
  });
}

it('is opened by the hour, and goes on by the day', async () => {
  org = await openOrganisation();
  org.at(`${TODAY}T20:00:00Z`);
  const whole = (more: number) => ({
    'search/bert/training/EC2': usual(240, { [TODAY]: more }),
    'growth/churn/training/EC2': usual(200),
  });
  await org.write(whole(0), LAST);
  await writeHours(60_000_000, [8, 18]);
  const { opened, effects } = await analyse(org.context);
  expect(effects).toEqual([{ id: opened[0], effect: { kind: 'tell', how: 'message', why: 'opened' } }]);
  const [anomaly] = await listAnomalies(org.context.store);
  expect(anomaly).toMatchObject({
    grain: 'hour',
    path: ['search', 'bert', 'training', 'EC2'],
    firstStamp: `${TODAY}T08`,
    // The newest hours may still be filling up.
    lastStamp: `${TODAY}T16`,
    severity: 'high',
  });

  org.at(`${addDays(TODAY, 1)}T20:00:00Z`);
  await org.write(whole(900), TODAY);
  expect((await analyse(org.context)).opened).toEqual([]);
  const after = await listAnomalies(org.context.store);
  expect(after).toMatchObject([{ id: opened[0], grain: 'day', firstStamp: TODAY, status: 'open' }]);
});

it('is closed when the whole day turns out usual', async () => {
  org = await openOrganisation();
  org.at(`${TODAY}T20:00:00Z`);
  const costs = { 'search/bert/training/EC2': usual(240) };
  await org.write(costs, LAST);
  await writeHours(30_000_000, [8, 18]);
  const { opened } = await analyse(org.context);
  await org.write(costs, TODAY);
  const { resolved } = await analyse(org.context);
  expect(resolved).toEqual(opened);
  const [anomaly] = await listAnomalies(org.context.store);
  expect(anomaly?.statusReason).toBe('over the whole day it was not unusual');
});

it('an ordinary day is silent', async () => {
  org = await openOrganisation();
  org.at(`${TODAY}T20:00:00Z`);
  await org.write({ 'search/bert/training/EC2': usual(240) }, LAST);
  await writeHours(0, [8, 18]);
  expect((await analyse(org.context)).opened).toEqual([]);
});
