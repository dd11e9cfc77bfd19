/** Modals from trigger to submission, and the app's home. */
import type { ModalView as ModalDefinition } from '@slack/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newTrigger } from '../../src/sandbox/triggers.ts';
import type { ModalView } from '../../src/sandbox/wire.ts';
import { refusalOf, startWorkspace, type TestWorkspace } from './workspace.ts';

let workspace: TestWorkspace;
let trigger = '';
beforeEach(async () => {
  workspace = await startWorkspace();
  workspace.app.command('/cost', async ({ ack, command }) => {
    trigger = command.trigger_id;
    await ack();
  });
  await askForTrigger();
});
afterEach(() => workspace.stop());

const askForTrigger = () =>
  workspace.page('message', { person: 'UMIRA', channel: 'CGEN', text: '/cost form' });
const modalsOf = async (person: string): Promise<readonly ModalView[]> =>
  (await workspace.snapshot(person)).modals;

function definition(title: string, more: Partial<ModalDefinition> = {}): ModalDefinition {
  return {
    type: 'modal',
    callback_id: 'form',
    title: { type: 'plain_text', text: title },
    submit: { type: 'plain_text', text: 'Send' },
    blocks: [
      {
        type: 'input',
        block_id: 'why',
        label: { type: 'plain_text', text: 'Why' },
        element: { type: 'plain_text_input', action_id: 'text' },
      },
    ],
    ...more,
  };
}

const values = { why: { text: { type: 'plain_text_input', value: 'because' } } };
const open = (title = 'One', more = {}) =>
  workspace.client.views.open({ trigger_id: trigger, view: definition(title, more) });

async function submit(): Promise<unknown> {
  const [modal] = (await modalsOf('UMIRA')).slice(-1);
  return workspace.page('view/submit', { person: 'UMIRA', viewId: modal?.id, values });
}

describe('a trigger', () => {
  it('opens one modal for its person', async () => {
    expect((await open()).view).toMatchObject({
      callback_id: 'form',
      title: { text: 'One' },
      previous_view_id: null,
    });
    expect(await modalsOf('UMIRA')).toMatchObject([{ title: 'One', submit: 'Send' }]);
    expect(await modalsOf('UJON')).toEqual([]);
    expect((await refusalOf(open())).error).toBe('exchanged_trigger_id');
  });

  it('lasts three seconds', async () => {
    workspace.advance(3001);
    expect((await refusalOf(open())).error).toBe('expired_trigger_id');
    await askForTrigger();
    workspace.advance(3000);
    expect((await open()).ok).toBe(true);
  });

  it('must be one that was given', async () => {
    trigger = '1.2.3';
    expect((await refusalOf(open())).error).toBe('invalid_trigger_id');
  });
});

describe('a submission', () => {
  it("brings Slack's view with what was filled in, and closes", async () => {
    await open('One', { private_metadata: 'kept' });
    let seen: unknown;
    workspace.app.view('form', async ({ ack, view, body }) => {
      seen = { user: body.user.id, metadata: view.private_metadata, values: view.state.values };
      await ack();
    });
    expect(await submit()).toEqual({ ok: true });
    expect(seen).toEqual({ user: 'UMIRA', metadata: 'kept', values });
    expect(await modalsOf('UMIRA')).toEqual([]);
  });

  it('stays open with the errors of the app', async () => {
    await open();
    workspace.app.view('form', ({ ack }) => ack({ response_action: 'errors', errors: { why: 'Say more.' } }));
    expect(await submit()).toEqual({ ok: false, errors: { why: 'Say more.' } });
    expect(await modalsOf('UMIRA')).toHaveLength(1);
  });

  it('can update, push and clear', async () => {
    await open();
    const answers = [
      { response_action: 'update', view: definition('Updated') },
      { response_action: 'push', view: definition('Pushed') },
      { response_action: 'clear' },
    ] as const;
    let step = 0;
    workspace.app.view('form', async ({ ack }) => {
      const answer = answers[step];
      step += 1;
      if (answer) await ack(answer);
    });
    const titles = async () => (await modalsOf('UMIRA')).map(({ title }) => title);
    await submit();
    expect(await titles()).toEqual(['Updated']);
    await submit();
    expect(await titles()).toEqual(['Updated', 'Pushed']);
    await submit();
    expect(await titles()).toEqual([]);
  });

  it('says in words that the app did not answer', async () => {
    await workspace.stop();
    workspace = await startWorkspace({ appUrl: () => 'http://127.0.0.1:1/slack/events' });
    trigger = newTrigger(workspace.sandbox.state, 'UMIRA');
    await open();
    expect(await submit()).toEqual({ ok: false, error: 'We had some trouble connecting. Try again?' });
    expect(await modalsOf('UMIRA')).toHaveLength(1);
  });
});

describe('an open view', () => {
  it('is updated by id or external_id, unless it changed meanwhile', async () => {
    const opened = await open('One', { external_id: 'mine' });
    const { id = '', hash = '' } = opened.view ?? {};
    await workspace.client.views.update({
      external_id: 'mine',
      view: definition('Two', { external_id: 'mine' }),
    });
    expect(await modalsOf('UMIRA')).toMatchObject([{ id, title: 'Two' }]);
    const late = workspace.client.views.update({ view_id: id, hash, view: definition('Three') });
    expect((await refusalOf(late)).error).toBe('hash_conflict');
    const unknown = workspace.client.views.update({ view_id: 'V0', view: definition('X') });
    expect((await refusalOf(unknown)).error).toBe('not_found');
  });

  it('takes two more on top, by triggers from inside', async () => {
    await open();
    workspace.app.action('more', async ({ ack, body, client }) => {
      await ack();
      const trigger_id = 'trigger_id' in body ? body.trigger_id : '';
      last = await client.views.push({ trigger_id, view: definition('Next') }).then(
        () => 'pushed',
        (error: { data: { error: string } }) => error.data.error,
      );
    });
    let last = '';
    const press = async () => {
      last = '';
      const viewId = (await modalsOf('UMIRA')).at(-1)?.id;
      await workspace.page('action', {
        person: 'UMIRA',
        viewId,
        blockId: 'b',
        actionId: 'more',
        action: { type: 'button' },
        values: {},
      });
      await expect.poll(() => last).not.toBe('');
      return last;
    };
    expect([await press(), await press(), await press()]).toEqual(['pushed', 'pushed', 'push_limit_reached']);
    expect(await modalsOf('UMIRA')).toHaveLength(3);
  });

  it('tells the app when it is closed, if asked to', async () => {
    await open('One', { notify_on_close: true });
    let closed: unknown;
    workspace.app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
      closed = { type: body.type, callback: body.view.callback_id };
      await ack();
    });
    const [modal] = await modalsOf('UMIRA');
    await workspace.page('view/close', { person: 'UMIRA', viewId: modal?.id, values: {} });
    expect(closed).toEqual({ type: 'view_closed', callback: 'form' });
    expect(await modalsOf('UMIRA')).toEqual([]);
  });
});

it("publishes the app's home for one person", async () => {
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'Hello' } }] as const;
  await workspace.client.views.publish({ user_id: 'UMIRA', view: { type: 'home', blocks: [...blocks] } });
  expect((await workspace.snapshot('UMIRA')).home?.blocks).toMatchObject(blocks);
  expect((await workspace.snapshot('UJON')).home).toBeNull();
});
