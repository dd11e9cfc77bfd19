/** Slots and reports on a real database: the right team, the right week, once, on the team's own clock. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eachDay } from '../../src/core/day.ts';
import type { Settings, TeamSettings } from '../../src/core/settings.ts';
import type { Context } from '../../src/flows/context.ts';
import { findTroubles } from '../../src/flows/job-troubles.ts';
import { postDueReports } from '../../src/flows/post-due-reports.ts';
import { postReport, slotByHand } from '../../src/flows/post-report.ts';
import { composeReport } from '../../src/flows/report/compose.ts';
import { syncSettings } from '../../src/flows/sync-settings.ts';
import type { View } from '../../src/view/elements.ts';
import { renderText } from '../../src/view/fallback.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../temp-store.ts';

const HOUR = 3_600_000;
let bench: TempStore;
beforeEach(async () => {
  bench = await openTempStore();
});
afterEach(() => bench.close());

function team(name: string, more: Partial<TeamSettings> = {}): TeamSettings {
  return { name, title: name, members: [], channel: { slack: `C${name.toUpperCase()}` }, ...more };
}

/** An organisation whose model "bert" of team "search" costs as many dollars a day as the day of the month. */
async function organisation(now: string, settings: Partial<Settings>): Promise<Context> {
  const context = contextOf(bench.store, {
    now,
    settings: { models: [{ name: 'bert', title: 'bert', team: 'search', aliases: [] }], ...settings },
  });
  await syncSettings(context);
  const end = now.slice(0, 10);
  const start = `${Number(end.slice(0, 4)) - 1}${end.slice(4)}`.replace('02-29', '02-28');
  await addFacts(
    context,
    eachDay(start, end).map((day) => ({ day, cost: String(Number(day.slice(8))), tags: { model: 'bert' } })),
  );
  return context;
}

let made = 0;
const run = (context: Context, lateHours = 24) =>
  postDueReports(context, { owner: 'test', newId: () => `id-${++made}`, lateHours });

async function posted(): Promise<{ key: string; channel: string; text: string }[]> {
  const rows = await bench.store.outboxMessage.findMany({
    where: { threadKey: null },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ key, channel, view }) => ({ key, channel, text: renderText(JSON.parse(view) as View) }));
}

/** What bert cost from start to end: the days of the month added up. */
function dollars(start: string, end: string): string {
  const sum = eachDay(start, end).reduce((total, day) => total + Number(day.slice(8)), 0);
  return `$${sum.toLocaleString('en-US')}`;
}

describe('slots', () => {
  it('one report per team and slot, however often it is asked for', async () => {
    const context = await organisation('2026-11-16T09:00:30Z', { teams: [team('search'), team('growth')] });
    expect(await run(context)).toEqual({ made: 2, failed: 0 });
    expect(await run(context)).toEqual({ made: 0, failed: 0 });
    await Promise.all([run(context), run(context)]);
    expect((await posted()).map(({ channel }) => channel).sort()).toEqual(['CGROWTH', 'CSEARCH']);
  });

  it('not before its time, late only within the hours allowed', async () => {
    const early = await organisation('2026-11-16T08:59:00Z', { teams: [team('search')] });
    expect(await run(early)).toEqual({ made: 0, failed: 0 });
    const late = { ...early, now: () => Date.parse('2026-11-17T09:00:01Z') };
    expect(await run(late)).toEqual({ made: 0, failed: 0 });
    expect(await run({ ...early, now: () => Date.parse('2026-11-17T08:00:00Z') })).toEqual({
      made: 1,
      failed: 0,
    });
  });

  it('not for a slot from before somebody subscribed', async () => {
    const context = await organisation('2026-11-16T12:00:00Z', { teams: [team('search', { channel: {} })] });
    await bench.store.subscription.create({
      data: {
        platform: 'slack',
        target: 'U0LATE',
        kind: 'person',
        scope: 'model:bert',
        frequency: 'weekly',
        createdBy: 'slack:U0LATE',
        createdAt: new Date('2026-11-16T10:00:00Z'),
      },
    });
    expect(await run(context)).toEqual({ made: 0, failed: 0 });
    const next = { ...context, now: () => Date.parse('2026-11-23T09:00:00Z') };
    expect(await run(next)).toEqual({ made: 1, failed: 0 });
  });

  it("on the clock of each team's zone", async () => {
    const teams = [
      team('search', { timeZone: 'Asia/Kolkata' }),
      team('growth', { timeZone: 'Europe/Berlin' }),
      team('ads'),
    ];
    const context = await organisation('2026-11-16T00:00:00Z', { teams });
    const seen: string[][] = [];
    for (
      let time = Date.parse('2026-11-15T12:00:00Z');
      time < Date.parse('2026-11-16T12:00:00Z');
      time += HOUR / 2
    ) {
      await run({ ...context, now: () => time }, 1);
      const channels = (await posted()).map(({ channel }) => channel);
      if (channels.length > seen.length)
        seen.push([new Date(time).toISOString().slice(0, 16), channels.at(-1) ?? '']);
    }
    expect(seen).toEqual([
      ['2026-11-16T03:30', 'CSEARCH'],
      ['2026-11-16T08:00', 'CGROWTH'],
      ['2026-11-16T09:00', 'CADS'],
    ]);
  });

  it('every Monday once through both changes of the clock', async () => {
    const context = await organisation('2026-12-01T00:00:00Z', {
      teams: [team('search', { timeZone: 'Europe/Berlin' })],
    });
    const at: string[] = [];
    let count = 0;
    for (
      let time = Date.parse('2026-10-12T00:00:00Z');
      time < Date.parse('2026-11-03T00:00:00Z');
      time += HOUR
    ) {
      count += (await run({ ...context, now: () => time })).made;
      if (count > at.length) at.push(new Date(time).toISOString().slice(0, 13));
    }
    expect(at).toEqual(['2026-10-12T07', '2026-10-19T07', '2026-10-26T08', '2026-11-02T08']);
  });
});

describe('pins', () => {
  const pin = (messageId: string, excerpt: string) =>
    bench.store.pin.create({
      data: {
        platform: 'slack',
        channel: 'CSEARCH',
        messageId,
        team: 'search',
        excerpt,
        pinnedBy: 'slack:U1',
        createdAt: new Date(),
      },
    });

  it("stand in everybody's report of the team, and wait for the one in the team's channel", async () => {
    const context = await organisation('2026-11-16T03:30:00Z', {
      teams: [team('search', { timeZone: 'Europe/Berlin' })],
    });
    const reader = { platform: 'slack', kind: 'person', scope: 'team:search', frequency: 'weekly' };
    const createdBy = { createdBy: 'slack:U1', createdAt: new Date('2026-11-01T00:00:00Z') };
    await bench.store.subscription.createMany({
      data: [
        { ...reader, ...createdBy, target: 'UEAST', timeZone: 'Asia/Kolkata' },
        { ...reader, ...createdBy, target: 'UWEST', timeZone: 'America/New_York' },
      ],
    });
    await pin('1', 'we switched to spot');
    const at = (time: string) => run({ ...context, now: () => Date.parse(time) });
    await at('2026-11-16T03:30:00Z');
    await at('2026-11-16T08:00:00Z');
    await pin('2', 'the new index is live');
    await at('2026-11-16T14:00:00Z');
    await at('2026-11-23T08:00:00Z');
    const carried = (await posted()).map(({ channel, text }) => [
      channel,
      ...['spot', 'index'].filter((word) => text.includes(word)),
    ]);
    expect(carried).toEqual([
      ['UEAST', 'spot'],
      ['CSEARCH', 'spot'],
      ['UWEST', 'spot', 'index'],
      ['CSEARCH', 'index'],
      ['UEAST', 'index'],
    ]);
  });
});

describe('by hand', () => {
  it('is the report of the slot that was due, and is shown for the same week', async () => {
    const context = await organisation('2026-11-15T20:00:00Z', {
      teams: [team('search', { timeZone: 'Asia/Kolkata' })],
      weekStart: 'sunday',
    });
    const about = { scope: { kind: 'team', name: 'search' }, frequency: 'weekly' } as const;
    const slot = await slotByHand(context, about);
    expect(slot).toEqual({ at: Date.parse('2026-11-09T03:30:00Z'), timeZone: 'Asia/Kolkata' });
    await postReport(context, { owner: 'test', newId: () => `id-${++made}` }, { ...about, again: true });
    const [report] = await posted();
    const { views } = await composeReport(context, { ...about, at: 0, timeZone: 'UTC', ...slot });
    expect(report?.text).toBe(renderText(views[0]));
    expect(await slotByHand(context, { ...about, frequency: 'daily' })).toBeUndefined();
  });
});

describe('trouble', () => {
  it('a report that the process dies of is given up, not begun for ever', async () => {
    const context = await organisation('2026-11-16T09:00:00Z', { teams: [team('search')] });
    const slot = 'slack:CSEARCH team:search weekly 2026-11-16';
    const past = new Date('2026-11-16T08:59:00Z');
    await bench.store.jobRun.create({
      data: {
        job: 'report',
        slot,
        status: 'running',
        attempts: 6,
        claimedBy: 'died',
        claimedUntil: past,
        startedAt: past,
      },
    });
    expect(await run(context)).toEqual({ made: 0, failed: 1 });
    expect(await run(context)).toEqual({ made: 0, failed: 0 });
    expect(await findTroubles(context)).toMatchObject([
      { what: 'weekly report of team:search, slot 2026-11-16', attempts: 7 },
    ]);
  });
});

describe('days', () => {
  it.each([
    // week start, slot, first and last day reported
    ['monday', '2026-11-16T10:00:00Z', '2026-11-09', '2026-11-15'],
    ['sunday', '2026-11-16T10:00:00Z', '2026-11-08', '2026-11-14'],
    ['monday', '2026-11-02T10:00:00Z', '2026-10-26', '2026-11-01'],
    ['monday', '2028-03-06T10:00:00Z', '2028-02-28', '2028-03-05'],
    ['sunday', '2028-03-06T10:00:00Z', '2028-02-27', '2028-03-04'],
    ['monday', '2027-01-04T10:00:00Z', '2026-12-28', '2027-01-03'],
  ] as const)('week from %s, reported %s: %s to %s', async (weekStart, now, start, end) => {
    const context = await organisation(now, { teams: [team('search')], weekStart });
    await run(context);
    const [report] = await posted();
    expect(report?.text.split('\n')[0]).toContain(dollars(start, end));
    const record = await bench.store.reportRecord.findFirst();
    expect(record?.week).toBe(start);
  });

  it('in Kolkata Monday begins while it is Sunday in UTC: the week that ended there is reported', async () => {
    const context = await organisation('2026-11-16T03:30:00Z', {
      teams: [team('search', { timeZone: 'Asia/Kolkata' })],
    });
    await run(context);
    const [report] = await posted();
    expect(report?.text.split('\n')[0]).toContain(dollars('2026-11-09', '2026-11-15'));
  });
});
