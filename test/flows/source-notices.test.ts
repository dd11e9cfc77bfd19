import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../src/core/settings.ts';
import type { Context } from '../../src/flows/context.ts';
import { tellSourceNotices } from '../../src/flows/source-notices.ts';
import { syncSettings } from '../../src/flows/sync-settings.ts';
import type { View } from '../../src/view/elements.ts';
import { renderText } from '../../src/view/fallback.ts';
import { addFacts, contextOf, openTempStore, rememberingLog, type TempStore } from '../temp-store.ts';

const JON = { name: 'Jon Park', email: 'jon@x.example', slack: 'U0JON001' };
const SETTINGS: Partial<Settings> = {
  sources: [
    {
      name: 'aws',
      kind: 'aws-cost-explorer',
      schedule: '0 6 * * *',
      historyMonths: 13,
      trailingDays: 5,
      lagDays: 2,
      options: {},
    },
  ],
  teams: [
    { name: 'search', title: 'Search', members: [JON], channel: { slack: 'C0SEARCH' } },
    { name: 'growth', title: 'Growth', members: [], channel: {} },
  ],
  admins: [JON.email],
};
let temp: TempStore;
let ids = 0;
const newId = () => `id-${++ids}`;

beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

async function open(now = '2026-11-21T09:00:00Z', settings: Partial<Settings> = SETTINGS): Promise<Context> {
  const context = contextOf(temp.store, { now, settings });
  await syncSettings(context);
  return context;
}

async function subscribeOrg(target: string, frequency: string): Promise<void> {
  await temp.store.subscription.create({
    data: {
      platform: 'slack',
      workspace: 'T1',
      target,
      kind: 'channel',
      scope: 'org',
      frequency,
      createdBy: 'test',
      createdAt: new Date('2026-11-01T00:00:00Z'),
    },
  });
}

async function state(failures: number): Promise<void> {
  const data = {
    failures,
    failingSince: failures > 0 ? new Date('2026-11-19T06:00:00Z') : null,
    error: failures > 0 ? 'AWS refused the request: AccessDenied.' : null,
    hint: failures > 0 ? 'Grant ce:GetCostAndUsage.' : null,
    lastStartedAt: new Date('2026-11-21T08:00:00Z'),
    nextAttemptAt: new Date('2026-11-21T12:00:00Z'),
  };
  await temp.store.sourceState.upsert({
    where: { name: 'aws' },
    create: { name: 'aws', ...data },
    update: data,
  });
}

async function watermark(day: string): Promise<void> {
  await temp.store.source.update({ where: { name: 'aws' }, data: { watermark: day } });
}

async function messages() {
  const rows = await temp.store.outboxMessage.findMany({ orderBy: { id: 'asc' } });
  return rows.map(({ key, channel, workspace, view }) => ({
    key,
    channel,
    workspace,
    text: renderText(JSON.parse(view) as View),
  }));
}

describe('a source that fails', () => {
  beforeEach(async () => {
    const context = await open();
    await addFacts(context, [
      { day: '2026-11-18', cost: '60', source: 'aws', tags: { team: 'search' } },
      { day: '2026-11-18', cost: '20', source: 'aws', tags: { team: 'growth' } },
      { day: '2026-11-18', cost: '20', source: 'gcp', tags: { team: 'search' } },
    ]);
  });

  it('is told once, at the third failure, where the report of everything goes', async () => {
    await subscribeOrg('C0FINOPS', 'weekly');
    await subscribeOrg('C0FINOPS', 'daily');
    await subscribeOrg('C0EXEC', 'weekly');
    const context = await open();
    await state(2);
    expect(await tellSourceNotices(context, { newId })).toBe(0);
    await state(3);
    expect(await tellSourceNotices(context, { newId })).toBe(2);
    await state(4);
    expect(await tellSourceNotices(context, { newId })).toBe(0);
    const told = await messages();
    expect(told.map(({ key, channel, workspace }) => [key, channel, workspace])).toEqual([
      ['source-failing:aws:2026-11-19T06:00:00.000Z slack:C0FINOPS', 'C0FINOPS', 'T1'],
      ['source-failing:aws:2026-11-19T06:00:00.000Z slack:C0EXEC', 'C0EXEC', 'T1'],
    ]);
    expect(told[0]?.text.split('\n\n')).toEqual([
      '🟠 aws fails: its cost after Wed 18 Nov is unknown',
      'It failed 3 times since Thu 19 Nov, 06:00: AWS refused the request: AccessDenied. Figures after Wed 18 Nov lack it; they are not zero. 80 % of all cost comes from it, that of Search and Growth.',
      'To mend it: Grant ce:GetCostAndUsage.',
      '[See the source]',
      'It is tried again Sat 21 Nov, 12:00. This is told once, and once more when it is back.',
    ]);
    const [button] = await temp.store.button.findMany();
    // It works in the workspace it is posted to, and nowhere else.
    expect(JSON.parse(button?.payload ?? '')).toEqual({
      do: 'command',
      text: 'sources aws',
      platform: 'slack',
      workspace: 'T1',
    });
  });

  it('is told the admins themselves where nobody gets that report', async () => {
    await state(3);
    expect(await tellSourceNotices(await open())).toBe(1);
    expect((await messages()).map(({ channel }) => channel)).toEqual([JON.slack]);
  });

  it('goes into the log, once, where nobody is to be told', async () => {
    await state(3);
    const log = rememberingLog();
    const context = { ...(await open(undefined, { ...SETTINGS, admins: [] })), log };
    expect([await tellSourceNotices(context), await tellSourceNotices(context)]).toEqual([0, 0]);
    expect(log.lines.map(({ level, fields }) => [level, (fields as { source: string }).source])).toEqual([
      ['warn', 'aws'],
    ]);
  });

  it('is told by one of several processes', async () => {
    await state(3);
    const context = await open();
    const counts = await Promise.all([tellSourceNotices(context), tellSourceNotices(context)]);
    expect(counts.sort()).toEqual([0, 1]);
  });

  it('says once that it is back, with the days that were caught up, where the failure was told', async () => {
    await subscribeOrg('C0FINOPS', 'weekly');
    await state(3);
    await tellSourceNotices(await open());
    await temp.store.subscription.deleteMany();
    await state(0);
    await watermark('2026-11-20');
    const later = await open('2026-11-22T09:00:00Z');
    expect([await tellSourceNotices(later), await tellSourceNotices(later)]).toEqual([1, 0]);
    const [, back] = await messages();
    expect([back?.key, back?.channel]).toEqual([
      'source-back:aws:2026-11-21T09:00:00.000Z slack:C0FINOPS',
      'C0FINOPS',
    ]);
    expect(back?.text).toBe(
      '🟢 aws is back: complete until Fri 20 Nov\n\n2 days were caught up (19–20 Nov): answers and reports count them again.',
    );
  });

  it('is told again when it fails again', async () => {
    await subscribeOrg('C0FINOPS', 'weekly');
    await state(3);
    await tellSourceNotices(await open());
    await state(0);
    await tellSourceNotices(await open('2026-11-22T09:00:00Z'));
    await state(3);
    await temp.store.sourceState.update({
      where: { name: 'aws' },
      data: { failingSince: new Date('2026-11-23T06:00:00Z') },
    });
    expect(await tellSourceNotices(await open('2026-11-23T09:00:00Z'))).toBe(1);
  });

  it('does not matter any more once it is out of pennywatch.yaml', async () => {
    await state(3);
    const removed = await open('2026-12-21T09:00:00Z', { ...SETTINGS, sources: [] });
    expect(await tellSourceNotices(removed)).toBe(0);
  });
});

it('estimates that drift are told once a month per model', async () => {
  await subscribeOrg('C0FINOPS', 'weekly');
  await temp.store.estimateCheck.create({
    data: {
      source: 'openai',
      day: '2026-11-18',
      llmModel: 'gpt-4o',
      currency: 'USD',
      estimatedMicros: 86_000_000n,
      billedMicros: 100_000_000n,
      checkedAt: new Date('2026-11-20T06:00:00Z'),
    },
  });
  const context = await open();
  expect([await tellSourceNotices(context, { newId }), await tellSourceNotices(context, { newId })]).toEqual([
    1, 0,
  ]);
  expect(await tellSourceNotices(await open('2026-12-02T09:00:00Z'))).toBe(1);
  const [told] = await messages();
  expect(told?.key).toBe('estimate-drift:openai:gpt-4o:2026-11 slack:C0FINOPS');
  expect(told?.text).toContain('🟠 Estimates of gpt-4o drift from the bill');
  expect(told?.text).toContain('14 % too low');
});
