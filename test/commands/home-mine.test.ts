/** What waits for one person on the app's home. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ScopePath } from '../../src/core/scope-path.ts';
import { addAnomaly, type NewAnomaly } from '../../src/store/anomalies.ts';
import { addProposal, type NewProposal } from '../../src/store/proposals.ts';
import {
  addSteadyCosts,
  JON,
  LENA,
  MIRA,
  openWorkbench,
  STRANGER,
  TOMAS,
  type Workbench,
} from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
  await addSteadyCosts(bench);
});
afterEach(() => bench.temp.close());

const anomaly = (path: ScopePath, more: Partial<NewAnomaly> = {}): Promise<number> =>
  bench.temp.store.$transaction((tx) =>
    addAnomaly(tx, {
      path,
      grain: 'day',
      detector: 'seasonal',
      direction: 'up',
      currency: 'USD',
      firstStamp: '2026-11-18',
      lastStamp: '2026-11-19',
      judgedThrough: '2026-11-19',
      expectedMicros: 10_000_000n,
      actualMicros: 60_000_000n,
      excessMicros: 100_000_000n,
      severity: 'high',
      score: 0.9,
      related: [],
      status: 'open',
      openedAt: new Date('2026-11-19T06:00:00Z'),
      updatedAt: new Date('2026-11-19T06:00:00Z'),
      notifications: 1,
      ...more,
    }),
  );

const proposal = (by: { readonly slack: string }, more: Partial<NewProposal> = {}): Promise<number> =>
  bench.temp.store.$transaction((tx) =>
    addProposal(tx, {
      kind: 'shut-down',
      scope: 'model:bert/training',
      title: 'Stop bert-retrain-7',
      team: 'search',
      status: 'waiting',
      mode: 'approve',
      requestedBy: `slack:${by.slack}`,
      createdAt: new Date('2026-11-21T08:00:00Z'),
      expiresAt: new Date('2026-11-22T08:00:00Z'),
      approvalsNeeded: 1,
      policy: [],
      currency: 'USD',
      savingMicros: 2_310_000_000n,
      items: [],
      ...more,
    }),
  );

it('lists my and my teams’ anomalies, open ones first, each with a button that opens it', async () => {
  const taken = await anomaly(['search', 'ranker'], { status: 'acknowledged', severity: 'critical' });
  const low = await anomaly(['search', 'bert', 'training'], { severity: 'low' });
  const high = await anomaly(['search', 'bert']);
  const over = await anomaly(['search', 'bert'], { status: 'resolved' });
  const others = await anomaly(['growth', 'churn']);
  const { text, buttons } = await bench.home(TOMAS);
  expect(text).toContain('Your anomalies: 2 open, 1 taken, snoozed or expected');
  const places = [high, low, taken].map((id) => text.indexOf(`ANM-${id} `));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(Math.min(...places)).toBeGreaterThan(0);
  for (const id of [over, others]) expect(text).not.toContain(`ANM-${id} `);
  expect(buttons.find(({ label }) => label === `Investigate ANM-${high}`)?.action).toEqual({
    do: 'form',
    form: 'anomaly-investigate',
    text: `anomaly ${high}`,
    slow: true,
  });
  expect((await bench.home(JON)).text).toContain('No anomaly waits for you or your teams.');
});

it('counts what it has no room for', async () => {
  for (let count = 0; count < 8; count += 1) await anomaly(['search', 'bert']);
  const { text, buttons } = await bench.home(MIRA);
  expect(text).toContain('Your anomalies: 8 open');
  expect(text).toContain('and 3 more');
  expect(buttons.filter(({ label }) => label.startsWith('Investigate'))).toHaveLength(4);
});

it('puts what waits for me before what I asked for, and shows nobody what is not theirs', async () => {
  const mine = await proposal(MIRA, { title: 'Stop ranker-eval' });
  const waiting = await proposal(TOMAS);
  await proposal(TOMAS, { title: 'Stop what is over', status: 'done' });
  await proposal(TOMAS, { title: 'Stop too late', expiresAt: new Date('2026-11-21T08:59:00Z') });
  const { text, buttons } = await bench.home(MIRA);
  expect(text).toContain('To shut down: 1 proposal waits for you, 1 of your own');
  expect(text).toMatch(
    /Stop bert-retrain-7 .*saves \$2,310 a day · asked by Tomás Oliveira · 0 of 1 approval/,
  );
  expect(text.indexOf('Stop bert-retrain-7')).toBeLessThan(text.indexOf('Stop ranker-eval'));
  expect(text).not.toMatch(/Stop what is over|Stop too late/);
  expect(buttons.map(({ label }) => label)).toEqual(
    expect.arrayContaining([`Decide about proposal ${waiting}`, `See proposal ${mine}`]),
  );
  // His own, and nothing for him to approve: he is no approver.
  expect((await bench.home(TOMAS)).text).toContain('To shut down: 2 of your own');
  expect((await bench.home(LENA)).text).not.toContain('To shut down');
  expect((await bench.home(STRANGER)).text).not.toMatch(/To shut down|Your anomalies|You may change/);
});

it('says which reports come, what I may change, and that nothing is called yet', async () => {
  await bench.run('subscribe model bert weekly me', TOMAS);
  const { text } = await bench.home(TOMAS);
  expect(text).toContain('Reports: team search weekly in the team’s channel, bert weekly');
  expect(text).toContain('You may change budgets, owners and subscriptions of team search and its models.');
  expect(text).toContain('Actions are in dry-run');
});

it('says until when my things may run', async () => {
  const limit = (scope: string, until: string, by: { readonly slack: string }) => ({
    ...{ scope, until: new Date(until), setBy: `slack:${by.slack}`, setAt: new Date('2026-11-20T08:00:00Z') },
  });
  await bench.temp.store.timeToLive.createMany({
    data: [
      limit('model:bert/training', '2026-11-23T12:00:00Z', LENA),
      limit('experiment:wide', '2026-11-22T12:00:00Z', TOMAS),
      { ...limit('model:ranker', '2026-11-20T12:00:00Z', TOMAS), endedAt: new Date('2026-11-20T12:00:00Z') },
    ],
  });
  const { text } = await bench.home(TOMAS);
  expect(text).toMatch(/wide until .*22 Nov.*\n.*bert training until .*23 Nov/);
  expect(text).not.toContain('ranker until');
  expect((await bench.home(LENA)).text).toContain('bert training until');
  expect((await bench.home(JON)).text).not.toContain('Until when it may run');
});
