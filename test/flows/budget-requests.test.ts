import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { budget } from '../../src/commands/budget.ts';
import { findForm } from '../../src/commands/forms.ts';
import { onlyReads } from '../../src/commands/reading.ts';
import { createDispatch } from '../../src/dispatch.ts';
import { tellBudgetAlerts } from '../../src/flows/budget-alerts.ts';
import { expireBudgetRequests } from '../../src/flows/budget-requests.ts';
import { listAudit } from '../../src/store/audit.ts';
import { listBudgets } from '../../src/store/budgets.ts';
import type { Button, View } from '../../src/view/elements.ts';
import { renderText } from '../../src/view/fallback.ts';
import {
  addSteadyCosts,
  JON,
  LENA,
  MIRA,
  openWorkbench,
  SETTINGS,
  STRANGER,
  TOMAS,
  type Workbench,
} from '../commands/workbench.ts';
import { initialValues } from '../initial-values.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench.temp.close());

async function messages() {
  const rows = await bench.temp.store.outboxMessage.findMany({ orderBy: { id: 'asc' } });
  return rows.map(({ key, channel, threadKey, view }) => {
    const shown = JSON.parse(view) as View;
    return { key, channel, threadKey, view: shown, text: renderText(shown) };
  });
}

function mentions({ elements }: View): string[] {
  return elements.flatMap((element) =>
    element.kind === 'text'
      ? element.spans.flatMap((span) => (span.kind === 'mention' ? (span.ids.slack ?? []) : []))
      : [],
  );
}

function buttons({ elements }: View): readonly Button[] {
  return elements.flatMap((element) => (element.kind === 'actions' ? element.buttons : []));
}

const ASKED = 'budget request ranker 2k USD monthly two more retrains';

describe('asking', () => {
  it('tells the team’s channel, calls those who can decide, and never the asker', async () => {
    await addSteadyCosts(bench);
    await bench.run('budget set ranker 1000');
    await bench.run('budget set team:search 2500');
    const asked = await bench.run(ASKED, TOMAS);
    expect(asked.text).toContain('Asked for a $2,000 monthly budget of ranker (now $1,000).');
    expect(asked.text).toContain(
      'Mira Chen or Jon Park can approve it until Sat 28 Nov, 09:00. You will be told.',
    );
    expect(asked.data).toMatchObject({
      request: {
        id: 1,
        key: 'model:ranker',
        amount: '2000',
        now: { amount: '1000' },
        reason: 'two more retrains',
      },
      approvers: ['Mira Chen', 'Jon Park'],
    });
    const [question, ...more] = await messages();
    expect(more).toEqual([]);
    expect(question?.channel).toBe('C0SEARCH');
    expect(question?.text).toContain(
      'Tomás Oliveira asks for a $2,000 monthly budget of ranker (now $1,000)',
    );
    expect(question?.text).toContain(
      'Why: two more retrains. So far $570 is used (57 %). Forecast $900 of $1k',
    );
    expect(question?.text).toContain(
      'With it the budgets within team search add up to $3,000 of $2,500: over-committed.',
    );
    expect(mentions(question?.view as View)).toEqual([MIRA.slack, JON.slack]);
    const [approve, decline] = buttons(question?.view as View);
    expect(approve?.action).toEqual({ do: 'command', text: 'budget approve 1' });
    expect(decline?.action).toEqual({ do: 'form', form: 'budget-decline', text: 'budget decline 1' });
    expect(await bench.temp.store.button.findUnique({ where: { id: approve?.id ?? '' } })).not.toBeNull();
    expect((await listBudgets(bench.temp.store)).map(({ amountMicros }) => amountMicros)).toContain(
      1_000_000_000n,
    );
  });

  it('calls whoever is left when the asker is the owner', async () => {
    await bench.run('budget request ranker 2000', MIRA);
    expect(mentions((await messages())[0]?.view as View)).toEqual([JON.slack]);
  });

  it('is refused for strangers, for what the file manages, twice, and when nothing would change', async () => {
    expect((await bench.refusal('budget request ranker 5', STRANGER)).code).toBe('FORBIDDEN');
    const file = await bench.refusal('budget request bert 5k', TOMAS);
    expect(file).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('pennywatch.yaml') });
    expect(file.hint).toContain('scope: "model:bert"');
    await bench.run('budget request ranker 5000', TOMAS);
    expect((await bench.refusal('budget request ranker 6000', TOMAS)).hint).toContain('budget withdraw 1');
    await bench.run('budget set churn 500', LENA);
    expect((await bench.refusal('budget request churn 500', TOMAS)).message).toContain('already');
    expect(await messages()).toHaveLength(1);
  });

  it('opens a dialog whose values make the same commands', async () => {
    await bench.run('budget set ranker 1000');
    const form = await findForm('budget-request').build(bench.asking(TOMAS), 'budget request model:ranker');
    expect(initialValues(form)).toMatchObject({
      scope: 'model:ranker',
      amount: '1000',
      currency: 'USD',
      period: 'monthly',
    });
    const values = {
      scope: 'model:ranker',
      amount: '2k',
      currency: 'EUR',
      period: 'fixed',
      days: '2026-12-01..',
    };
    const command = findForm('budget-request').submit(form.text, { ...values, reason: 'the "big"\nlaunch' });
    expect((await bench.run(command, TOMAS)).data.request).toMatchObject({
      amount: '2000',
      currency: 'EUR',
      period: 'fixed',
      start: '2026-12-01',
      end: null,
      reason: "the 'big' launch",
    });
    const decline = await findForm('budget-decline').build(bench.asking(MIRA), 'budget decline 1');
    const declined = await bench.run(
      findForm('budget-decline').submit(decline.text, { reason: 'not now' }),
      MIRA,
    );
    expect(declined.text).toContain('not now');
  });

  it('and deciding is never done by words that are not one’s own', () => {
    for (const verb of ['request x 5', 'approve 1', 'decline 1', 'withdraw 1'])
      expect(onlyReads(`budget ${verb}`)).toBe(false);
    expect([onlyReads('budget requests'), onlyReads('budget model:bert')]).toEqual([true, true]);
  });

  it('asks back what is unclear, and keeps the reason', async () => {
    const asked = await bench.run('budget request rankr 2000 monthly two more retrains', TOMAS);
    expect(asked.buttons.map(({ action }) => action.text)).toContain(
      'budget request model:ranker 2000 USD monthly two more retrains',
    );
    expect((await bench.refusal('budget request ranker', TOMAS)).message).toBe('How much?');
  });
});

describe('deciding', () => {
  it('approves: the budget changes, everybody is told where they were asked, and all of it is written down', async () => {
    await bench.run('budget set ranker 1000');
    await bench.run(ASKED, TOMAS);
    const approved = await bench.run('budget approve 1', MIRA);
    expect(approved.text).toContain('🟢 Approved by Mira Chen: ranker, monthly budget $2,000.');
    expect(approved.data).toMatchObject({
      request: { status: 'approved', decidedBy: 'Mira Chen' },
      before: { amount: '1000' },
      after: { amount: '2000' },
    });
    const [question, thread, direct] = await messages();
    expect([thread?.channel, thread?.threadKey]).toEqual(['C0SEARCH', question?.key]);
    expect([direct?.channel, direct?.threadKey]).toEqual([TOMAS.slack, null]);
    expect(direct?.text).toContain('🟢 Approved by Mira Chen');
    const audit = await listAudit(bench.temp.store, 'budget:model:ranker monthly');
    expect(audit.map(({ actor, action }) => [actor, action])).toEqual([
      ['slack:U0MIRA01', 'budget.create'],
      ['slack:U0TOMAS1', 'budget.request'],
      ['slack:U0MIRA01', 'budget.update'],
      ['slack:U0MIRA01', 'budget.approve'],
    ]);
    const history = await bench.run('budget history ranker');
    expect(history.data.rows).toMatchObject([
      { did: 'approve', by: 'Mira Chen', request: 1 },
      { did: 'update', before: { amount: '1000' }, after: { amount: '2000' } },
      { did: 'request', by: 'Tomás Oliveira', after: { amount: '2000' }, note: 'two more retrains' },
      { did: 'create' },
    ]);
    expect(history.text).toContain('asked for (request 1)');
  });

  it('is what the click of whoever clicked does, from the message itself', async () => {
    await bench.run(ASKED, TOMAS);
    const [question] = await messages();
    const [approve, decline] = buttons(question?.view as View);
    let ids = 0;
    const dispatch = createDispatch(bench.context, () => `new-${++ids}`);
    const click = (button: Button | undefined, by: { slack: string }) =>
      dispatch({
        kind: 'button',
        buttonId: button?.id ?? '',
        actor: bench.asking(by).actor,
        conversation: { platform: 'slack', workspace: 'T1', channel: 'C0SEARCH' },
      });
    const shown = (replies: Awaited<ReturnType<typeof click>>) =>
      replies.map((reply) => ('view' in reply ? renderText(reply.view) : reply.form.title));
    expect(shown(await click(approve, TOMAS))[0]).toContain("You can't decide about this: you asked for it.");
    expect(shown(await click(approve, STRANGER))[0]).toContain('You are not in pennywatch.yaml');
    expect(shown(await click(decline, MIRA))).toEqual(['Decline request']);
    expect(shown(await click(approve, MIRA))[0]).toContain('🟢 Approved by Mira Chen');
    expect(shown(await click(approve, JON))[0]).toContain('Request 1 was approved already.');
  });

  it('declines with a reason, which the asker reads; nothing changes', async () => {
    await bench.run(ASKED, TOMAS);
    const declined = await bench.run('budget decline 1 "wait for December"', JON);
    expect(declined.text).toContain(
      '🔴 Declined by Jon Park: ranker, monthly budget $2,000. wait for December',
    );
    expect((await messages()).at(-1)).toMatchObject({
      channel: TOMAS.slack,
      text: expect.stringContaining('wait for December'),
    });
    expect(await listBudgets(bench.temp.store)).toHaveLength(1);
  });

  it('is nobody’s own, and no other team’s', async () => {
    await bench.run('budget request ranker 2000', MIRA);
    const own = await bench.refusal('budget approve 1', MIRA);
    expect(own).toMatchObject({
      code: 'FORBIDDEN',
      message: "You can't decide about this: you asked for it.",
      hint: 'Jon Park can.',
    });
    expect((await bench.refusal('budget approve 1', LENA)).hint).toBe('Jon Park can.');
    expect((await bench.refusal('budget approve 1', TOMAS)).code).toBe('FORBIDDEN');
    expect((await bench.refusal('budget decline 1', STRANGER)).code).toBe('FORBIDDEN');
    expect((await bench.refusal('budget approve 7', JON)).code).toBe('NOT_FOUND');
    expect((await bench.refusal('budget approve soon', JON)).message).toContain('no number');
    expect(await listBudgets(bench.temp.store)).toHaveLength(1);
  });

  it('is for the people whom the file names, wherever they are', async () => {
    await bench.temp.close();
    bench = await openWorkbench({
      ...SETTINGS,
      admins: [],
      budgetAlerts: { thresholds: [100], forecast: true, approvers: [LENA.email] },
    });
    await bench.run('budget request ranker 2000', TOMAS);
    await bench.run('budget approve 1', LENA);
    expect((await listBudgets(bench.temp.store)).at(-1)).toMatchObject({
      scope: 'model:ranker',
      managedBy: 'chat',
    });
  });

  it('happens once, also when two click at the same time', async () => {
    await bench.run(ASKED, TOMAS);
    const clicks = await Promise.allSettled([
      bench.run('budget approve 1', MIRA),
      bench.run('budget decline 1', JON),
    ]);
    expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await bench.refusal('budget approve 1', JON)).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/Request 1 was (approved|declined) already/),
    });
  });

  it('is refused when the budget was changed in between', async () => {
    await bench.run('budget set ranker 1000');
    await bench.run(ASKED, TOMAS);
    const later = { ...bench.asking(MIRA), now: () => Date.parse('2026-11-21T10:00:00Z') };
    await budget.run(later, 'set ranker 3000');
    expect((await bench.refusal('budget approve 1', JON)).message).toContain('was changed since request 1');
    expect((await listBudgets(bench.temp.store)).at(-1)?.amountMicros).toBe(3_000_000_000n);
  });
});

describe('what becomes of requests', () => {
  it('whoever asked takes it back, nobody else', async () => {
    await bench.run(ASKED, TOMAS);
    expect((await bench.refusal('budget withdraw 1', MIRA)).code).toBe('FORBIDDEN');
    expect((await bench.run('budget withdraw 1', TOMAS)).text).toContain('Withdrawn by Tomás Oliveira');
    expect((await bench.refusal('budget approve 1', MIRA)).message).toBe('Request 1 was withdrawn already.');
    expect((await messages()).map(({ channel }) => channel)).toEqual(['C0SEARCH', 'C0SEARCH']);
  });

  it('nobody decides in seven days: it expires, is told once, and cannot be approved', async () => {
    await bench.run(ASKED, TOMAS);
    const late = { ...bench.context, now: () => Date.parse('2026-11-28T09:00:00Z') };
    const approve = budget.run({ ...bench.asking(MIRA), now: late.now }, 'approve 1');
    await expect(approve).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('expired'),
    });
    expect([await tellBudgetAlerts(late), await expireBudgetRequests(late)]).toEqual([2, 0]);
    expect((await messages()).slice(1).map(({ channel }) => channel)).toEqual(['C0SEARCH', TOMAS.slack]);
    const listed = await bench.run('budget requests all');
    expect(listed.data.rows).toMatchObject([{ id: 1, status: 'expired' }]);
  });

  it('lists those that wait, and on request all of them', async () => {
    await bench.run(ASKED, TOMAS);
    await bench.run('budget request churn 700 quarterly', LENA);
    await bench.run('budget decline 1', MIRA);
    expect((await bench.run('budget requests')).data.rows).toMatchObject([
      { id: 2, key: 'model:churn', period: 'quarterly' },
    ]);
    expect((await bench.run('budget requests all')).text).toContain('declined by Mira Chen');
    expect((await bench.run('budget churn')).data.requests).toMatchObject([{ id: 2 }]);
    expect((await bench.run('budget list')).buttons.map(({ label }) => label)).toContain('1 open request');
  });
});
