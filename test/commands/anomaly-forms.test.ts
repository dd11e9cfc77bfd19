/** The dialogs about an anomaly: what they show, and which commands their values make. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actions } from '../../src/actions/registry.ts';
import { findForm } from '../../src/commands/forms.ts';
import { eachDay } from '../../src/core/day.ts';
import { addAnomaly, readAnomaly } from '../../src/store/anomalies.ts';
import { appendAnomalyEvents } from '../../src/store/anomaly-events.ts';
import { listPlans } from '../../src/store/planned-spend.ts';
import type { Form } from '../../src/view/elements.ts';
import { renderText, spansToText } from '../../src/view/fallback.ts';
import { initialValues } from '../initial-values.ts';
import { addFacts } from '../temp-store.ts';
import { LENA, MIRA, openWorkbench, TOMAS, type Workbench } from './workbench.ts';

const TAGS = { model: 'bert', stage: 'training' };
let bench: Workbench;
let id: number;
beforeEach(async () => {
  bench = await openWorkbench();
  const { temp, context } = bench;
  await addFacts(context, [
    ...eachDay('2026-10-01', '2026-11-19').map((day) => ({
      day,
      cost: '10',
      tags: TAGS,
      resource: 'endpoint/bert-prod',
    })),
    ...eachDay('2026-11-16', '2026-11-19').map((day) => ({
      day,
      cost: '90',
      tags: TAGS,
      resource: 'training-job/bert-retrain-7',
      service: 'Amazon SageMaker',
    })),
  ]);
  id = await temp.store.$transaction((tx) =>
    addAnomaly(tx, {
      path: ['search', 'bert', 'training'],
      grain: 'day',
      detector: 'seasonal',
      direction: 'up',
      currency: 'USD',
      firstStamp: '2026-11-16',
      lastStamp: '2026-11-19',
      judgedThrough: '2026-11-19',
      expectedMicros: 10_000_000n,
      actualMicros: 100_000_000n,
      excessMicros: 360_000_000n,
      severity: 'high',
      score: 0.9,
      related: [],
      status: 'open',
      openedAt: new Date('2026-11-17T06:00:00Z'),
      updatedAt: new Date('2026-11-20T06:00:00Z'),
      notifications: 1,
    }),
  );
});
afterEach(() => bench.temp.close());

const open = async (form: string, by = MIRA, text = `anomaly ${id}`): Promise<Form> =>
  findForm(form).build(bench.asking(by), text);
const shown = ({ intro = [], body = [] }: Form): string =>
  `${spansToText(intro)}\n${renderText({ elements: body })}`;
const told = async (...times: string[]): Promise<void> =>
  bench.temp.store.$transaction((tx) =>
    appendAnomalyEvents(
      tx,
      times.map((at) => ({ anomalyId: id, at: new Date(at), actor: 'system:alerts', kind: 'told' as const })),
    ),
  );

describe('approve', () => {
  it('says what it would do, and makes the command', async () => {
    const form = await open('anomaly-approve');
    expect(shown(form)).toContain('bert training is $360 above expected since Mon 16 Nov');
    expect(shown(form)).toMatch(/would have had \d+ alarms? in the last 90 days/);
    const values = { until: '2026-12-01', amount: '5k', currency: 'EUR', reason: 'the "big"\nretrain' };
    const command = findForm('anomaly-approve').submit(form.text, values);
    expect(command).toBe(`anomaly ${id} approve until 2026-12-01 amount 5k EUR "the 'big' retrain"`);
    const { text } = await bench.run(command);
    expect(text).toContain('Planned: €5,000 for bert training on 16 Nov – 1 Dec');
    expect(await readAnomaly(bench.temp.store, id)).toMatchObject({
      feedback: 'expected',
      expectedUntil: '2026-12-01',
    });
    await bench.run(command);
    const plans = await listPlans(bench.temp.store, { start: '2026-11-01' });
    expect(plans).toMatchObject([
      {
        scope: 'model:bert/training',
        amountMicros: 5_000_000_000n,
        currency: 'EUR',
        start: '2026-11-16',
        end: '2026-12-01',
        reason: "the 'big' retrain",
      },
    ]);
  });

  it('works without a day and an amount, and not without a reason', async () => {
    const { submit } = findForm('anomaly-approve');
    expect(submit('anomaly 3', { reason: 'fine', currency: 'USD' })).toBe('anomaly 3 approve "fine"');
    expect(() => submit('anomaly 3', { currency: 'USD' })).toThrow('Nothing was approved');
    expect(() => submit('anomaly 3', { reason: 'x', amount: '5' })).toThrow('Until when is 5 planned?');
    await bench.run(`anomaly ${id} approve "fine"`);
    expect(await readAnomaly(bench.temp.store, id)).toMatchObject({ status: 'expected' });
  });

  it('changes nothing when the words do not go together', async () => {
    for (const [words, message] of [
      ['amount 5000 "x"', 'needs its last day'],
      ['until 2026-12-01 amount 50 XXQ "x"', 'is not a currency'],
    ] as const)
      expect((await bench.refusal(`anomaly ${id} approve ${words}`)).message).toContain(message);
    expect((await bench.refusal(`anomaly ${id} ack amount 5`)).message).toContain('needs its last day');
    expect(await readAnomaly(bench.temp.store, id)).toMatchObject({ status: 'open' });
    expect(await listPlans(bench.temp.store, { start: '2026-11-01' })).toEqual([]);
  });
});

it('whoever may not decide is told so before anything is filled in', async () => {
  for (const form of ['anomaly-approve', 'anomaly-snooze', 'anomaly-reassign']) {
    await expect(open(form, LENA)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(open(form, MIRA, 'anomaly 999')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(open(form, MIRA, 'anomaly')).rejects.toMatchObject({ code: 'INVALID' });
  }
});

describe('snooze', () => {
  it('shows what it would have muted, and what would have come all the same', async () => {
    // $90 above expected a day when it was told first, and each time after.
    await told(
      '2026-11-17T06:00:00Z',
      '2026-11-17T18:00:00Z',
      '2026-11-19T06:00:00Z',
      '2026-11-20T18:00:00Z',
    );
    const text = shown(await open('anomaly-snooze'));
    expect(text).toContain('What it would have muted of 4 messages on 1 anomaly about bert training');
    expect(text).toMatch(/1 day +1 +0 +0 +0 +0/);
    expect(text).toMatch(/3 days +2 +0/);
    expect(text).toMatch(/1 week +3 +0/);
  });

  it('counts what grew', async () => {
    await addFacts(bench.context, [
      { day: '2026-11-18', cost: '180', tags: TAGS, source: 'more', resource: 'training-job/second' },
      { day: '2026-11-19', cost: '180', tags: TAGS, source: 'more', resource: 'training-job/second' },
    ]);
    // $90 a day at first; on the 20th the mean of four days is $180.
    await told('2026-11-17T06:00:00Z', '2026-11-20T06:00:00Z');
    expect(shown(await open('anomaly-snooze'))).toMatch(/1 week +1 +1 +1 +1 +1/);
  });

  it('says when there was nothing to mute', async () => {
    expect(shown(await open('anomaly-snooze'))).toContain('There was no message about bert training');
    await told('2026-11-17T06:00:00Z');
    expect(shown(await open('anomaly-snooze'))).toContain('a snooze would have muted none');
  });

  it('makes the command', async () => {
    const form = await open('anomaly-snooze');
    expect(initialValues(form)).toMatchObject({ for: '3d', growth: '50' });
    const { submit } = findForm('anomaly-snooze');
    expect(submit('anomaly 3', { for: '1w' })).toBe('anomaly 3 snooze 7d');
    expect(submit('anomaly 3', { for: 'growth', growth: '25', reason: 'known' })).toBe(
      'anomaly 3 snooze 30d +25% "known"',
    );
    expect(() => submit('anomaly 3', { for: 'growth' })).toThrow('Nothing was snoozed');
    await bench.run(submit(form.text, { for: '1d', growth: '10', reason: 'known' }));
    expect(await readAnomaly(bench.temp.store, id)).toMatchObject({
      status: 'snoozed',
      snoozedGrowth: 10,
      snoozedUntil: new Date('2026-11-22T09:00:00Z'),
    });
  });
});

it('is reassigned to a person or a group that owns something', async () => {
  await bench.run('owner set ranker @ml-leads');
  const form = await open('anomaly-reassign', TOMAS);
  const [people] = form.fields;
  expect(people?.kind === 'select' && people.options.map(({ value }) => value)).toEqual([
    'jon@x.example',
    'lena@x.example',
    'mira@x.example',
    'tomas@x.example',
    '@ml-leads',
  ]);
  const { submit } = findForm('anomaly-reassign');
  expect(submit(form.text, { person: LENA.email, reason: 'hers' })).toBe(
    `anomaly ${id} assign "lena@x.example" "hers"`,
  );
  expect(submit('anomaly 3', { person: LENA.email, typed: '@ml-leads' })).toBe(
    'anomaly 3 assign "@ml-leads"',
  );
  expect(() => submit('anomaly 3', {})).toThrow('Nobody was chosen');
});

describe('investigate', () => {
  it('shows what carries it, which resources cost now and for how long, and other columns behind buttons', async () => {
    const form = await open('anomaly-investigate', LENA);
    expect([form.submit, form.fields]).toEqual([undefined, []]);
    const text = shown(form);
    expect(text).toContain('Why: 100 % from training-job/bert-retrain-7');
    expect(text).toMatch(/training-job\/bert-retrain-7 +\$90\.00 +\$0 +\+\$90\.00 +100 %/);
    expect(text).toMatch(
      /bert-retrain-7 · Amazon SageMaker · \$90\.00 a day, risen · since Mon 16 Nov \(5 days\)/,
    );
    expect(text).toMatch(/endpoint\/bert-prod · .*\$10\.00 a day · 3\d days or more/);
    expect(text).toContain('Not known: No usage is counted here');
    const buttons = (form.body ?? []).flatMap((one) => (one.kind === 'actions' ? one.buttons : []));
    const other = buttons.find(({ label }) => label === 'By service');
    expect(other?.action).toEqual({
      do: 'form',
      form: 'anomaly-investigate',
      text: `anomaly ${id} by service`,
      slow: true,
    });
    const next = await open('anomaly-investigate', LENA, other?.action.text);
    expect(shown(next)).toMatch(/By service, a day\n+Service/);
    expect(buttons.map(({ label }) => label)).not.toContain('By resource');
  });

  it('says what can be done with each resource, and offers it where one can be stopped', async () => {
    const arn = (account: string) => `arn:aws:sagemaker:us-east-1:${account}:training-job/hangs-${account}`;
    await addFacts(
      bench.context,
      ['111122223333', '444455556666'].flatMap((account) =>
        ['2026-11-18', '2026-11-19'].map((day) => ({
          ...{ day, account, cost: '50', tags: TAGS, source: 'more', resource: arn(account) },
          service: 'Amazon SageMaker',
        })),
      ),
    );
    const settings = {
      ...bench.context.settings,
      actions: {
        ...bench.context.settings.actions,
        accounts: [
          { provider: 'aws', account: '111122223333', regions: [], namespaces: [], match: [] } as const,
        ],
      },
    };
    const parts = {
      actions,
      access: () => {
        throw new Error('nobody is asked');
      },
      owner: 'test',
      isAlive: () => true,
      wait: async () => undefined,
    };
    const context = { ...bench.asking(MIRA), settings, acting: parts };
    const form = await findForm('anomaly-investigate').build(context, `anomaly ${id}`);
    const text = shown(form);
    expect(text).toMatch(/hangs-111122223333 · .* It can be stopped\./);
    expect(text).toMatch(/hangs-444455556666 · .* 444455556666 is not under actions\.accounts/);
    expect(text).toMatch(/bert-retrain-7.* has no form that I know/);
    const buttons = (form.body ?? []).flatMap((one) => (one.kind === 'actions' ? one.buttons : []));
    expect(buttons.find(({ label }) => label === 'Shut down…')).toMatchObject({
      style: 'danger',
      action: { form: 'proposal', text: `stop anomaly ${id}`, slow: true },
    });
  });

  it('says so for a number there is not', async () => {
    await expect(open('anomaly-investigate', MIRA, 'anomaly 99')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(() => findForm('anomaly-investigate').submit('anomaly 1', {})).toThrow('nothing to send');
  });
});
