/** Dialogs: every kind of field, what is shown above them, those that take longer, and those that are paged through. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFormMetadata, writeFormMetadata } from '../../../src/chat/slack/form-metadata.ts';
import { renderActions } from '../../../src/chat/slack/render-actions.ts';
import { renderForm } from '../../../src/chat/slack/render-form.ts';
import type { Interaction, Reply } from '../../../src/chat/types.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { Form } from '../../../src/view/elements.ts';
import { text } from '../../../src/view/elements.ts';
import { button, samples } from '../../contracts/chat-platform.ts';
import { blockKitProblems, liveParts, visible } from './block-kit.ts';
import { clickPayload, submitPayload } from './payloads.ts';
import { type RunningApp, type SlackStandIn, startApp, startSlackStandIn } from './slack-stand-in.ts';

const PLACE = { platform: 'slack', channel: 'C1', workspace: 'T1', thread: '17.1' };
const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ value: `i-${index}`, label: `instance ${index}` }));
const base: Form = { form: 'stop', text: 'stop', title: 'Stop', submit: 'Ask', id: 'f-1', fields: [] };
const checks = (count: number) =>
  ({
    kind: 'checks',
    name: 'items',
    label: 'Stop',
    options: options(count),
    values: ['i-0', 'i-2'],
  }) as const;

const inputOf = (block: unknown): object => Reflect.get(block as object, 'element') as object;

describe('a dialog', () => {
  it('ticks boxes, or chooses from a menu where there are more than ten', () => {
    for (const [count, type] of [
      [10, 'checkboxes'],
      [11, 'multi_static_select'],
    ] as const) {
      const { blocks } = renderForm({ ...base, fields: [checks(count)] }, '');
      expect(blocks[0]).toMatchObject({ type: 'input', block_id: 'items', element: { type } });
      const element = inputOf(blocks[0]);
      expect(element).toMatchObject({
        initial_options: [{ value: 'i-0' }, { value: 'i-2' }],
      });
      expect(Reflect.get(element, 'options')).toHaveLength(count);
    }
    const none = renderForm({ ...base, fields: [{ ...checks(2), values: [] }] }, '');
    expect(JSON.stringify(none)).not.toContain('initial_options');
  });

  it('says in full what a box has no room for, and counts what the menu leaves out', () => {
    const detail =
      'running 41 h · $96 an hour · dev · owner Mira Chen · stops within 120 s, cannot be undone';
    const long = { value: 'a', label: 'bert-retrain-7', detail };
    const { blocks } = renderForm(
      {
        ...base,
        fields: [
          { ...checks(1), options: [long, ...options(2)] },
          { ...checks(130), name: 'many' },
        ],
      },
      '',
    );
    expect(blockKitProblems(blocks, 'modal')).toEqual([]);
    expect(visible(blocks)).toContain(`bert-retrain-7: ${detail}`);
    expect(visible(blocks)).toContain('and 30 more, left out here');
    const element = inputOf(blocks[0]);
    expect(JSON.stringify(element)).toContain('running 41 h');
    for (const line of JSON.stringify(element).matchAll(/"text":"([^"]*)"/g))
      expect(line[1]?.length).toBeLessThanOrEqual(75);
  });

  it('asks for a date and for several lines', () => {
    const { blocks } = renderForm(
      {
        ...base,
        fields: [
          { kind: 'date', name: 'until', label: 'Until', value: '2026-12-01', optional: true },
          { kind: 'text', name: 'reason', label: 'Why', long: true },
        ],
      },
      '',
    );
    expect(blocks).toMatchObject([
      { optional: true, element: { type: 'datepicker', initial_date: '2026-12-01' } },
      { optional: false, element: { type: 'plain_text_input', multiline: true } },
    ]);
  });

  it('shows tables, lists and buttons above its fields, within Slack’s limits, and keeps values literal', () => {
    const evil = '<!channel> *x* <https://evil.example|y>';
    const body = [
      samples.text,
      samples.table,
      { ...samples.table, rows: [[evil, 'y'.repeat(80)]] },
      { kind: 'actions' as const, buttons: [button('By service')] },
    ];
    const view = renderForm({ ...base, body, fields: [checks(3)] }, '');
    expect(view.blocks.filter(({ type }) => type === 'table')).toEqual([]);
    expect(visible(view.blocks)).toContain('training');
    expect(liveParts({ text: '', blocks: view.blocks })).toEqual([]);
    const full = renderForm(
      { ...base, body: Array.from({ length: 150 }, () => samples.text), fields: [checks(3)] },
      '',
    );
    expect(full.blocks.length).toBeLessThanOrEqual(100);
    expect(visible(full.blocks)).toMatch(/and \d+ more parts of this message, left out/);
    expect(full.blocks.some(({ type }) => type === 'input')).toBe(true);
  });

  it('that has nothing to send is only closed', () => {
    const { submit: _, ...reading } = base;
    const view = renderForm({ ...reading, body: [samples.text] }, '');
    expect([view.submit, view.close?.text]).toEqual([undefined, 'Close']);
    expect(() => renderForm({ ...reading, fields: [checks(1)] }, '')).toThrow('nothing to send');
  });

  it('is only sent with an id', () => {
    expect(readFormMetadata(writeFormMetadata({ conversation: PLACE, name: 'stop' }))).toBeUndefined();
    const sent = { form: 'f-1', name: 'stop', conversation: PLACE };
    expect(readFormMetadata(writeFormMetadata(sent))).toEqual(sent);
  });
});

describe('in Slack', () => {
  let slack: SlackStandIn;
  let app: RunningApp;
  let asked: Interaction[];
  beforeEach(async () => {
    slack = await startSlackStandIn();
    asked = [];
  });
  afterEach(async () => {
    await app.stop();
    await slack.close();
  });

  async function running(answer: () => Promise<readonly Reply[]>): Promise<void> {
    app = await startApp(slack, {
      wait: async () => undefined,
      dispatch: async (interaction) => {
        asked.push(interaction);
        return answer();
      },
    });
  }
  const formReply = async (): Promise<Reply[]> => [{ kind: 'form', form: { ...base, body: [samples.text] } }];
  const [row] = renderActions(
    [{ label: 'Shut down…', id: 'opaque-1', action: { do: 'form', form: 'stop', text: 'stop', slow: true } }],
    4,
  );
  const slowId = row?.type === 'actions' ? String(row.elements[0]?.action_id) : '';
  const click = (): Record<string, unknown> => {
    const payload = clickPayload(slack, 'opaque-1');
    const [action] = payload.actions as object[];
    return { ...payload, actions: [{ ...action, action_id: slowId }] };
  };
  const within = (name: string, id = 'V7') => {
    const { channel: _, response_url: __, ...payload } = click();
    const metadata = writeFormMetadata({ form: 'f-0', name, conversation: PLACE });
    const view = { id, type: 'modal', private_metadata: metadata };
    return { ...payload, container: { type: 'view', view_id: id }, view };
  };

  it('brings back what was ticked, chosen and dated', async () => {
    await running(async () => []);
    await app.send(
      submitPayload(writeFormMetadata({ form: 'f-1', conversation: PLACE }), {
        items: { value: { type: 'checkboxes', selected_options: [{ value: 'i-1' }, { value: 'i-2' }] } },
        none: { value: { type: 'checkboxes', selected_options: [] } },
        until: { value: { type: 'datepicker', selected_date: '2026-12-01' } },
        never: { value: { type: 'datepicker', selected_date: null } },
        per: { value: { type: 'static_select', selected_option: { value: 'monthly' } } },
        reason: { value: { type: 'plain_text_input', value: 'a\nb' } },
      }),
    );
    await app.platform.stop();
    expect(asked).toMatchObject([
      {
        kind: 'form',
        formId: 'f-1',
        values: { items: 'i-1,i-2', until: '2026-12-01', per: 'monthly', reason: 'a\nb' },
        conversation: PLACE,
      },
    ]);
  });

  it('a slow one is announced before anybody is asked, and then filled', async () => {
    await running(async () => {
      expect(slack.of('views.open')).toHaveLength(1);
      return formReply();
    });
    await app.send(click());
    const { args } = await slack.seen('views.update');
    const [opened] = slack.of('views.open');
    expect(visible(opened?.args.view.blocks)).toBe('Looking at what is running…');
    expect(args.view_id).toBe('V1');
    expect(args.view.submit.text).toBe('Ask');
    expect(readFormMetadata(args.view.private_metadata)).toMatchObject({ form: 'f-1', name: 'stop' });
  });

  it('says in it why it is refused, and when something goes wrong', async () => {
    await running(async () => {
      throw new AppError('FORBIDDEN', 'You may not.', { hint: 'Jon can.' });
    });
    await app.send(click());
    expect(visible((await slack.seen('views.update')).args.view.blocks)).toBe('You may not. Jon can.');
    expect(slack.of('response_url')).toEqual([]);
  });

  it('disturbs nobody who has closed it meanwhile', async () => {
    slack.on('views.update', () => ({ body: { ok: false, error: 'not_found' } }));
    await running(formReply);
    await app.send(click());
    await app.platform.stop();
    for (const method of ['response_url', 'chat.postMessage', 'chat.postEphemeral'])
      expect(slack.of(method)).toEqual([]);
  });

  it('says what to do when Slack opened nothing', async () => {
    slack.on('views.open', () => ({ body: { ok: false, error: 'expired_trigger_id' } }));
    await running(formReply);
    await app.send(click());
    expect(visible((await slack.seen('response_url')).args.blocks)).toContain('Click the button again.');
  });

  it('pages in place within the same dialog, and opens another one on top', async () => {
    const { submit: _, ...page } = base;
    await running(async () => [{ kind: 'form', form: page }]);
    await app.send(within('stop'));
    await app.platform.stop();
    expect(slack.of('views.update').map(({ args }) => args.view_id)).toEqual(['V7', 'V7']);
    expect(slack.of('views.push')).toEqual([]);
    expect(asked).toMatchObject([{ kind: 'button', conversation: PLACE }]);
  });

  it('opens another dialog on top, and in its place where Slack stacks no more', async () => {
    await running(formReply);
    await app.send(within('investigate'));
    await slack.seen('views.push');
    const { args } = await slack.seen('views.update');
    expect(args.view_id).not.toBe('V7');
    slack.on('views.push', () => ({ body: { ok: false, error: 'push_limit_reached' } }));
    await app.send(within('investigate', 'V9'));
    await slack.seen('views.update', (call) => call.args.view_id === 'V9' && call.args.view.submit);
  });

  it('is shown plainer when Slack refuses its layout', async () => {
    slack.on('views.update', (_, times) =>
      times === 1 ? { body: { ok: false, error: 'invalid_arguments' } } : undefined,
    );
    await running(async () => [
      {
        kind: 'form',
        form: { ...base, intro: [text('Which?')], body: [samples.table], fields: [checks(2)] },
      },
    ]);
    await app.send(click());
    const { args } = await slack.seen('views.update', ({ args: { view } }) =>
      /plain text/.test(visible(view.blocks)),
    );
    expect(visible(args.view.blocks)).toContain('training');
    expect(args.view.blocks.some(({ type }: { type: string }) => type === 'input')).toBe(true);
  });
});
