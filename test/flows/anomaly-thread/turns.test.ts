/** What a restated bill, people and rounds at the same moment, and proposals leave in an anomaly's thread. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tellAnomalies } from '../../../src/flows/anomaly-notices.ts';
import { syncQuietly } from '../../../src/flows/anomaly-thread/sync.ts';
import { decideAnomaly } from '../../../src/flows/decide-anomaly.ts';
import { appendAnomalyEvents } from '../../../src/store/anomaly-events.ts';
import { buttonsOf, mentionsOf, openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  await stage.bill({ '2026-11-18': 700 }, '2026-11-18');
});
afterEach(() => stage.close());

const mira = { kind: 'person', platform: 'slack', id: 'UMIRA' } as const;

/** The bill of 18 November as another import would say it. */
async function restate(more: number, after: string, at: string): Promise<void> {
  stage.org.at(at);
  await stage.bill({ '2026-11-18': more }, '2026-11-18');
  await stage.context.store.restatement.create({
    data: {
      ...{ source: 'aws', billingAccount: 'acct', day: '2026-11-18', currency: 'USD' },
      ...{ at: new Date(at), effectiveBefore: '1105.00', effectiveAfter: after },
    },
  });
  await stage.round();
}

it('a restated bill corrects the message and says so in the thread, and calls nobody', async () => {
  await stage.round('2026-11-19T09:00:00Z');
  await restate(300, '705.00', '2026-11-20T09:00:00Z');
  const [root] = stage.roots();
  const partly = 'Corrected 20 Nov: the bill for 18 Nov was restated from $1,105 to $705';
  expect(root?.text).toContain('is $30');
  expect(root?.text).toContain(`${partly}.`);
  expect(stage.thread().at(-1)?.text).toBe(`${partly}.`);
  await restate(0, '405.00', '2026-11-21T09:00:00Z');
  const closed = 'Corrected 21 Nov: the bill for 18 Nov was restated from $1,105 to $405; closed';
  expect(root?.text).toContain('🟢 Corrected: bert training on EC2');
  expect(root?.text.match(/restated/g)).toHaveLength(1);
  expect(root?.text).toContain(`${closed}.`);
  expect(stage.thread().at(-1)?.text).toBe(`${closed}.`);
  expect(stage.thread().flatMap(mentionsOf)).toEqual([]);
  expect(root && buttonsOf(root)).toEqual(['Open it again', 'Why']);
});

it('rounds and decisions at the same moment leave one message, each line once, and the newest state', async () => {
  stage.org.at('2026-11-19T09:00:00Z');
  await stage.round();
  const { context } = stage;
  await Promise.all([
    decideAnomaly(context, mira, 1, { kind: 'acknowledge' }),
    tellAnomalies(context),
    decideAnomaly(context, mira, 1, {
      kind: 'snooze',
      until: context.now() + 86_400_000,
      growth: 50,
      reason: 'known',
    }),
    tellAnomalies(context),
    decideAnomaly(context, mira, 1, { kind: 'expected', reason: 'new region' }),
    tellAnomalies(context),
  ]);
  await stage.poster.post();
  const [root, ...others] = stage.roots();
  expect(others).toEqual([]);
  expect(root?.text).toContain('🟢 Expected: bert training on EC2');
  expect(root?.text).toContain('Approved as expected by Mira Chen, Thu 19 Nov, 09:00: new region.');
  const lines = stage.thread().map(({ text }) => text);
  expect(lines.slice(1).sort()).toEqual([
    'Mira Chen approved the spend as expected: new region.',
    'Mira Chen snoozed it until Fri 20 Nov, 09:00, or until it grows by 50 %: known.',
    'Mira Chen took it.',
  ]);
});

it('what was proposed and done shows in the message, each step in the thread', async () => {
  await stage.round('2026-11-19T09:00:00Z');
  const { store, now } = stage.context;
  const say = async (note: string) => {
    const event = { anomalyId: 1, at: new Date(now()), actor: 'slack:UJON', kind: 'proposal' as const, note };
    await store.$transaction((tx) => appendAnomalyEvents(tx, [event]));
    await syncQuietly(stage.context, 1);
    await stage.poster.post();
  };
  await say('Jon Park asked to shut down 1 job.');
  await say('Shut down approved by Mira Chen, 1 job stopped, saving $700 a day');
  expect(stage.roots()[0]?.text).toContain(
    'Shut down approved by Mira Chen, 1 job stopped, saving $700 a day (Thu 19 Nov, 09:00).',
  );
  expect(
    stage
      .thread()
      .slice(1)
      .map(({ text }) => text),
  ).toEqual([
    'Jon Park asked to shut down 1 job.',
    'Shut down approved by Mira Chen, 1 job stopped, saving $700 a day.',
  ]);
});

it('a false alarm is closed with who said so; opened again it is as before', async () => {
  await stage.round('2026-11-19T09:00:00Z');
  await decideAnomaly(stage.context, mira, 1, { kind: 'false-alarm' });
  await stage.poster.post();
  const text = () => stage.roots()[0]?.text ?? '';
  expect(text()).toContain('🟢 False alarm: bert training');
  expect(text()).toContain('Closed as a false alarm Thu 19 Nov, 09:00 by Mira Chen.');
  await decideAnomaly(stage.context, mira, 1, { kind: 'reopen' });
  await stage.poster.post();
  expect(text()).toContain('🔴 High: bert training');
  expect(
    stage
      .thread()
      .slice(1)
      .map((line) => line.text),
  ).toEqual(['Mira Chen said what it was: false alarm.', 'Mira Chen opened it again.']);
});
