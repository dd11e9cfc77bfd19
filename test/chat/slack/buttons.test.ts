/** Buttons over signed HTTP: once, for whom, from where, until when. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyChain } from '../../../src/store/audit-verify.ts';
import { JON, LENA, MIRA, STRANGER, TOMAS } from '../../commands/workbench.ts';
import { type ActingApp, addAnomaly, startActing } from './acting-app.ts';

let acting: ActingApp;
beforeEach(async () => {
  acting = await startActing();
});
afterEach(async () => {
  expect((await verifyChain(acting.context.store)).ok).toBe(true);
  await acting.stop();
});

const setBudget = { do: 'command', text: 'budget set model:ranker 500' } as const;
const once = { action: setBudget, once: true };

async function budget(): Promise<bigint | undefined> {
  const row = await acting.context.store.budget.findFirst({ where: { scope: 'model:ranker' } });
  return row?.amountMicros;
}

describe('a button that works once', () => {
  it('works for whoever is first, and says to the second who that was and when', async () => {
    const id = await acting.button(once);
    expect(await acting.click(id)).toContain('$500');
    expect(await acting.click(id, TOMAS)).toMatch(/^Mira Chen used this at 09:00\. +It works once\.$/);
    expect(await acting.click(id)).toContain('You used this at 09:00.');
    expect(await acting.refused()).toEqual([
      ['refused.click', 'slack:U0TOMAS1', `button:${id}`],
      ['refused.click', 'slack:U0MIRA01', `button:${id}`],
    ]);
  });

  it('works once when two people click at the same moment', async () => {
    const id = await acting.button(once);
    const before = acting.slack.of('response_url').length;
    await Promise.all([acting.app.send(acting.payload(id)), acting.app.send(acting.payload(id, TOMAS))]);
    await acting.app.platform.stop();
    const said = acting.slack
      .of('response_url')
      .slice(before)
      .map(({ args }) => String(args.text));
    expect(said.filter((text) => text.includes('used this'))).toHaveLength(1);
    expect(said).toHaveLength(2);
    expect(await acting.context.store.budget.count({ where: { scope: 'model:ranker' } })).toBe(1);
  });

  it('is not used up by a click that is refused', async () => {
    const id = await acting.button(once);
    expect(await acting.click(id, LENA)).toContain("You can't change the budget of model:ranker.");
    expect(await acting.refused()).toEqual([['refused.budget', 'slack:U0LENA01', 'model:ranker']]);
    expect(await acting.click(id, JON)).toContain('$500');
    expect(await budget()).toBe(500_000_000n);
  });

  it('stays used when nobody knows what became of it', async () => {
    const id = await acting.button(once);
    await acting.context.store.button.update({
      where: { id },
      data: { usedAt: new Date('2026-11-20T13:02:00Z'), usedBy: 'slack:U0JON001' },
    });
    expect(await acting.click(id)).toContain('Jon Park used this on Fri 20 Nov, 13:02.');
    expect(await budget()).toBeUndefined();
  });

  it('that opens a dialog is used when the dialog is sent', async () => {
    const id = await acting.button({
      action: { do: 'form', form: 'budget-set', text: 'budget set model:ranker' },
      once: true,
    });
    const submit = (form: string) => ({
      type: 'view_submission',
      team: { id: 'T1' },
      user: { id: 'U0MIRA01', name: 'mira', team_id: 'T1' },
      view: {
        id: 'V1',
        type: 'modal',
        callback_id: 'form',
        private_metadata: form,
        state: { values: { scope: { a: { value: 'model:ranker' } }, amount: { a: { value: '500' } } } },
      },
    });
    for (const opened of [1, 2]) {
      await acting.app.send(acting.payload(id));
      await acting.slack.seen('views.open', () => acting.slack.of('views.open').length === opened);
    }
    const [first, second] = acting.slack
      .of('views.open')
      .map(({ args }) => String(args.view.private_metadata));
    await acting.app.send(submit(first ?? ''));
    await acting.app.send(submit(second ?? ''));
    await acting.app.platform.stop();
    const said = acting.slack.of('chat.postEphemeral').map(({ args }) => String(args.text));
    expect(said.some((text) => text.includes('$500'))).toBe(true);
    expect(said.some((text) => text.includes('You used this at 09:00.'))).toBe(true);
    expect(await acting.click(id, TOMAS)).toContain('Mira Chen used this at 09:00.');
  });
});

describe('whose click counts', () => {
  it('a forged signature and a replay never get as far', async () => {
    const id = await acting.button(once);
    expect(await acting.send(acting.payload(id), { secret: 'another secret' })).toBe('HTTP 401');
    expect(await budget()).toBeUndefined();
    const [payload, sign] = [acting.payload(id), { timestamp: Math.floor(Date.now() / 1000) }];
    expect(await acting.send(payload, sign)).toContain('$500');
    expect(await acting.send(payload, sign)).toBe('HTTP 401');
  });

  it('an id that is made up is unknown, and its use written down', async () => {
    expect(await acting.click('made-up')).toContain('not known here');
    expect(await acting.refused()).toEqual([['refused.click', 'slack:U0MIRA01', 'button:unknown']]);
  });

  it('an expired one says how long it worked', async () => {
    const id = await acting.button({ ...once, hours: 24 });
    acting.advance(24 * 3_600_000);
    expect(await acting.click(id)).toContain('older than 24 hours and has expired');
    expect(await budget()).toBeUndefined();
    expect(await acting.refused()).toHaveLength(1);
  });

  it.each([
    ['clicked in another workspace', { team: { id: 'T9' } }, 'another workspace'],
    [
      'a payload of another workspace altogether',
      { team: { id: 'T9' }, user: { id: 'U0MIRA01', team_id: 'T9' } },
      'another workspace',
    ],
  ])('%s', async (_, more, words) => {
    const id = await acting.button(once);
    expect(await acting.click(id, undefined, more)).toContain(words);
    expect(await budget()).toBeUndefined();
    expect(await acting.refused()).toEqual([['refused.entry', 'slack:U0MIRA01', 'slack:T9']]);
  });

  it('a button made for another workspace', async () => {
    const id = await acting.button(once, 'T7');
    expect(await acting.click(id)).toContain('This button belongs to another workspace.');
    expect(await acting.refused()).toEqual([['refused.click', 'slack:U0MIRA01', `button:${id}`]]);
  });

  it.each([
    ['deactivated', { deleted: true }, 'deactivated'],
    ['from a shared channel', { team_id: 'T9', is_stranger: true }, 'another workspace'],
    ['nobody Slack knows', { body: { ok: false, error: 'user_not_found' } }, "doesn't know you"],
  ])('somebody %s', async (_, person, words) => {
    acting.person('U0MIRA01', person);
    const id = await acting.button(once);
    expect(await acting.click(id)).toContain(words);
    expect(await budget()).toBeUndefined();
    expect(await acting.refused()).toEqual([['refused.entry', 'slack:U0MIRA01', 'slack:T1']]);
  });
});

describe('what acts', () => {
  const acknowledge = { action: { do: 'command', text: 'anomaly 1 ack' }, once: true } as const;
  beforeEach(() => addAnomaly(acting.context.store));
  const status = async () => (await acting.context.store.anomaly.findFirst())?.status;

  it.each([
    ['a guest', { is_ultra_restricted: true }, 'You are a guest in Slack'],
    ['a bot', { is_bot: true }, 'only people can'],
  ])('is refused to %s, and written down', async (_, person, words) => {
    acting.person('U0MIRA01', person);
    expect(await acting.click(await acting.button(acknowledge))).toContain(words);
    expect(await status()).toBe('open');
    expect(await acting.refused()).toEqual([['refused.anomaly', 'slack:U0MIRA01', 'model:bert']]);
  });

  it('goes by pennywatch.yaml while Slack is silent, where nothing is shut down by it', async () => {
    acting.person('U0MIRA01', { status: 500, body: 'broken' });
    const id = await acting.button(acknowledge);
    expect(await acting.click(id)).not.toContain("doesn't say");
    expect(await status()).toBe('acknowledged');
    expect(await acting.click(id, TOMAS)).toMatch(/What became of it: anomaly 1\./);
  });

  it('is refused to viewers, by e-mail or user group', async () => {
    await acting.stop();
    acting = await startActing({ roles: [{ role: 'viewer', people: [TOMAS.email, '@watchers'] }] });
    await addAnomaly(acting.context.store);
    acting.slack.on('usergroups.list', () => ({
      body: { ok: true, usergroups: [{ id: 'S1', handle: 'watchers' }] },
    }));
    acting.slack.on('usergroups.users.list', () => ({ body: { ok: true, users: ['U0MIRA01'] } }));
    const id = await acting.button(acknowledge);
    for (const by of [TOMAS, MIRA]) expect(await acting.click(id, by)).toContain('your role is viewer');
    expect(await acting.click(id, JON)).toContain('bert');
    expect(await status()).toBe('acknowledged');
  });
});

describe('who somebody is', () => {
  it('follows from the e-mail Slack gives an active member', async () => {
    const id = await acting.button(once);
    expect(await acting.click(id, STRANGER)).toContain('You are not in pennywatch.yaml');
    acting.person(STRANGER.slack, { profile: { email: 'TOMAS@x.example' } });
    expect(await acting.click(id, STRANGER)).toContain('$500');
  });

  it('not from that of a guest', async () => {
    acting.person(STRANGER.slack, { is_restricted: true, profile: { email: 'tomas@x.example' } });
    expect(await acting.click(await acting.button(once), STRANGER)).toContain('not in pennywatch.yaml');
  });
});
