import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  listSubscriptions,
  removeSubscription,
  saveSubscription,
  switchWeeklyReport,
  weeklyReportIsOff,
} from '../../src/store/subscriptions.ts';
import { openTempStore, type TempStore } from '../temp-store.ts';

let temp: TempStore;
beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

const WEEKLY = {
  platform: 'slack',
  workspace: 'T1',
  target: 'C1',
  kind: 'channel',
  scope: 'team:search',
  frequency: 'weekly',
  timeZone: 'Asia/Kolkata',
  createdBy: 'slack:U1',
  createdAt: new Date('2026-11-21T09:00:00Z'),
} as const;

it('come back as they were written, the same one only once', async () => {
  const { workspace: _, timeZone: __, ...plain } = WEEKLY;
  const first = await saveSubscription(temp.store, WEEKLY);
  const again = await saveSubscription(temp.store, { ...WEEKLY, createdBy: 'slack:U2' });
  const daily = await saveSubscription(temp.store, {
    ...plain,
    kind: 'person',
    target: 'U1',
    frequency: 'daily',
  });
  expect(again.id).toBe(first.id);
  expect(await listSubscriptions(temp.store)).toEqual([{ id: first.id, ...WEEKLY }, daily]);
});

it('go when removed, also twice; a frequency nobody serves is left out', async () => {
  const { id } = await saveSubscription(temp.store, WEEKLY);
  await temp.store.subscription.create({ data: { ...WEEKLY, target: 'C2', frequency: 'hourly' } });
  await removeSubscription(temp.store, id);
  await removeSubscription(temp.store, id);
  expect(await listSubscriptions(temp.store)).toEqual([]);
});

it('a team’s own report is on until it is switched off', async () => {
  expect(await weeklyReportIsOff(temp.store, 'search', 'slack')).toBe(false);
  await switchWeeklyReport(temp.store, { team: 'search', platform: 'slack' }, 'off');
  expect(await weeklyReportIsOff(temp.store, 'search', 'slack')).toBe(true);
  expect(await weeklyReportIsOff(temp.store, 'growth', 'slack')).toBe(false);
  await switchWeeklyReport(temp.store, { team: 'search', platform: 'slack' }, 'on');
  expect(await weeklyReportIsOff(temp.store, 'search', 'slack')).toBe(false);
});
