import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Dispatch, Interaction, Reply } from '../src/chat/types.ts';
import type { Actor } from '../src/core/actor.ts';
import { createDispatch } from '../src/dispatch.ts';
import { forgetOldButtons } from '../src/flows/buttons.ts';
import type { Context } from '../src/flows/context.ts';
import type { Button, View } from '../src/view/elements.ts';
import { renderText } from '../src/view/fallback.ts';
import { initialValues } from './initial-values.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from './temp-store.ts';

const actor: Actor = { kind: 'person', platform: 'slack', id: 'U1', name: 'Mira' };
const conversation = { platform: 'slack', channel: 'C1' };
let temp: TempStore;
let context: Context;
let dispatch: Dispatch;
let now: number;

beforeEach(async () => {
  temp = await openTempStore();
  now = Date.parse('2026-11-21T09:00:00Z');
  context = { ...contextOf(temp.store, { now: '2026-11-21T09:00:00Z' }), now: () => now };
  let count = 0;
  dispatch = createDispatch(context, () => `id-${++count}`);
  await addFacts(context, [{ day: '2026-11-10', cost: '12', tags: { model: 'bert', stage: 'training' } }]);
});
afterEach(() => temp.close());

const command = (text: string): Interaction => ({ kind: 'command', text, actor, conversation });

function viewOf(replies: readonly Reply[]): View {
  const reply = replies[0];
  if (reply?.kind !== 'private' && reply?.kind !== 'public') throw new Error('no message');
  return reply.view;
}

function buttonsOf(view: View): readonly Button[] {
  return view.elements.flatMap((element) => (element.kind === 'actions' ? element.buttons : []));
}

async function press(button: Button | undefined): Promise<readonly Reply[]> {
  return dispatch({ kind: 'button', buttonId: button?.id ?? 'none', actor, conversation });
}

describe('dispatch', () => {
  it('gives every button an opaque id that says nothing about what it does', async () => {
    const buttons = buttonsOf(viewOf(await dispatch(command('model bert 2026-11'))));
    expect(buttons.length).toBeGreaterThan(2);
    expect(buttons.map((button) => button.id)).toEqual(buttons.map((_, i) => `id-${i + 1}`));
  });

  it('answers an empty command with help', async () => {
    expect(renderText(viewOf(await dispatch(command(''))))).toContain('Ask what AI workloads cost');
  });

  it('asks again with another breakdown when its button is pressed, in place', async () => {
    const buttons = buttonsOf(viewOf(await dispatch(command('model bert 2026-11'))));
    const replies = await press(buttons.find((button) => button.label === 'By service'));
    expect(replies[0]).toMatchObject({ kind: 'private', replace: true });
    expect(renderText(viewOf(replies))).toContain('Amazon SageMaker');
  });

  it('opens the dialog and answers what was filled in', async () => {
    const buttons = buttonsOf(viewOf(await dispatch(command('model bert 2026-11'))));
    const [opened] = await press(buttons.find((button) => button.label === 'Change…'));
    if (opened?.kind !== 'form') throw new Error('no form');
    expect(Object.entries(initialValues(opened.form))).toEqual([
      ['time', '2026-11'],
      ['other', undefined],
      ['by', undefined],
      ['currency', undefined],
      ['basis', 'effective'],
    ]);
    const submit = (values: Record<string, string>) =>
      dispatch({ kind: 'form', formId: opened.form.id ?? '', values, actor, conversation });
    const answer = renderText(
      viewOf(await submit({ time: '30d', other: '2026-11-10', by: 'service', basis: 'billed' })),
    );
    expect(answer).toContain('bert: $12.00 on 10 Nov');
    expect(answer).toContain('BilledCost');
    const refused = viewOf(await submit({ time: '30d', other: 'soon' }));
    expect(renderText(refused)).toContain('nothing was changed: I don\'t know the time "soon"');
    const [again] = await press(buttonsOf(refused)[0]);
    expect(again?.kind === 'form' && again.form).toMatchObject({ form: 'change', text: opened.form.text });
  });

  it('says that an old button has expired and an unknown one is unknown', async () => {
    const [button] = buttonsOf(viewOf(await dispatch(command('model bert 2026-11'))));
    now += 8 * 86_400_000;
    expect(renderText(viewOf(await press(button)))).toContain('older than 7 days and has expired');
    expect(
      renderText(viewOf(await press({ label: '', action: { do: 'command', text: '' }, id: 'made-up' }))),
    ).toContain('not known here');
  });

  it('forgets buttons only after they have been expired for a while', async () => {
    const [button] = buttonsOf(viewOf(await dispatch(command('model bert 2026-11'))));
    now += 8 * 86_400_000;
    await forgetOldButtons(context);
    expect(renderText(viewOf(await press(button)))).toContain('has expired');
    now += 8 * 86_400_000;
    await forgetOldButtons(context);
    expect(renderText(viewOf(await press(button)))).toContain('not known here');
  });

  it("lets nothing but a person's mistake be answered in words", async () => {
    await temp.store.$executeRawUnsafe('DROP TABLE "DailyCost"');
    await expect(dispatch(command('model bert'))).rejects.toThrow(/DailyCost/);
  });
});
