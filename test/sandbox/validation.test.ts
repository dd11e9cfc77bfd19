/** Blocks and views that Slack would refuse, and what it says about them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf, startWorkspace, type TestWorkspace } from './workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await startWorkspace();
});
afterAll(() => workspace.stop());

const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string, more = {}) => ({ type: 'section', text: { type: 'mrkdwn', text }, ...more });
const button = (more = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const cell = (text: string) => ({ type: 'raw_text', text });
const table = (rows: object[][], more = {}) => ({ type: 'table', rows, ...more });
const option = (value: string) => ({ text: plain(value), value });
const point = (label: string, value = 1) => ({ label, value });
const bars = (series: object[], categories = ['a']) => ({
  type: 'data_visualization',
  title: 'T',
  chart: { type: 'bar', series, axis_config: { categories } },
});
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

async function problems(blocks: unknown): Promise<readonly string[]> {
  const call = workspace.call('chat.postMessage', { channel: 'CGEN', text: 'x', blocks });
  const refused = await refusalOf(call);
  expect(refused.error).toBe('invalid_blocks');
  expect(refused.response_metadata?.messages).toEqual(refused.errors?.map((line) => `[ERROR] ${line}`));
  return refused.errors ?? [];
}

describe('messages', () => {
  it.each<[string, unknown[], string]>([
    [
      '51 blocks',
      times(51, () => ({ type: 'divider' })),
      'no more than 50 items allowed [json-pointer:/blocks]',
    ],
    [
      'a long section',
      [section('x'.repeat(3001))],
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    ['an empty section', [section('')], 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    [
      'a section without text',
      [{ type: 'section' }],
      'missing required field: text [json-pointer:/blocks/0]',
    ],
    [
      'eleven fields',
      [{ type: 'section', fields: times(11, () => plain('x')) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    [
      'a long header',
      [{ type: 'header', text: plain('x'.repeat(151)) }],
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'a header in mrkdwn',
      [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
      'must be one of: plain_text [json-pointer:/blocks/0/text/type]',
    ],
    ['an unknown block', [{ type: 'hologram' }], 'unsupported type: hologram [json-pointer:/blocks/0]'],
    [
      'an unknown property',
      [section('x', { colour: 'red' })],
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    [
      'the same block_id twice',
      [section('x', { block_id: 'b' }), section('y', { block_id: 'b' })],
      '`block_id` b already exists [json-pointer:/blocks/1/block_id]',
    ],
    [
      '26 buttons',
      [actions(...times(26, (i) => button({ action_id: `a${i}` })))],
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'the same action_id twice',
      [actions(button(), button())],
      '`action_id` go already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ],
    [
      'a long button',
      [actions(button({ text: plain('x'.repeat(76)) }))],
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      'a long value',
      [actions(button({ value: 'x'.repeat(2001) }))],
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
    ],
    [
      'an unknown style',
      [actions(button({ style: 'loud' }))],
      'must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      'a long question',
      [
        actions(
          button({
            confirm: {
              title: plain('x'.repeat(101)),
              text: plain('x'),
              confirm: plain('y'),
              deny: plain('n'),
            },
          }),
        ),
      ],
      'must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]',
    ],
    [
      'six items in an overflow menu',
      [
        section('x', {
          accessory: { type: 'overflow', action_id: 'o', options: times(6, (i) => option(`${i}`)) },
        }),
      ],
      'no more than 5 items allowed [json-pointer:/blocks/0/accessory/options]',
    ],
    [
      'a select without options',
      [actions({ type: 'static_select', action_id: 's' })],
      'must provide exactly one of: options, option_groups [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a box ticked that is not there',
      [
        actions({
          type: 'checkboxes',
          action_id: 'c',
          options: [option('a')],
          initial_options: [{ ...option('a'), description: plain('x') }],
        }),
      ],
      'initial options must be among the options [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'an empty list of ticked boxes',
      [actions({ type: 'checkboxes', action_id: 'c', options: [option('a')], initial_options: [] })],
      'no fewer than 1 items allowed [json-pointer:/blocks/0/elements/0/initial_options]',
    ],
    [
      'eleven boxes',
      [actions({ type: 'checkboxes', action_id: 'c', options: times(11, (i) => option(`${i}`)) })],
      'no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      'a date in words',
      [actions({ type: 'datepicker', action_id: 'd', initial_date: 'tomorrow' })],
      'must be a date: YYYY-MM-DD [json-pointer:/blocks/0/elements/0/initial_date]',
    ],
    [
      'eleven context elements',
      [{ type: 'context', elements: times(11, () => plain('x')) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'a picture from nowhere',
      [{ type: 'image', alt_text: 'x', image_url: 'file:///etc/passwd' }],
      'invalid url [json-pointer:/blocks/0/image_url]',
    ],
    [
      'a picture without words',
      [{ type: 'image', image_url: 'https://example.com/x.png' }],
      'missing required field: alt_text [json-pointer:/blocks/0]',
    ],
    [
      'a picture nobody uploaded',
      [{ type: 'image', alt_text: 'x', slack_file: { id: 'F0' } }],
      'invalid slack file [json-pointer:/blocks/0/slack_file]',
    ],
    [
      '101 rows',
      [table(times(101, () => [cell('x')]))],
      'no more than 100 items allowed [json-pointer:/blocks/0/rows]',
    ],
    [
      '21 columns',
      [table([times(21, () => cell('x'))])],
      'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]',
    ],
    [
      'an empty cell',
      [table([[cell('')]])],
      'must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]',
    ],
    [
      'two tables',
      [table([[cell('x')]]), table([[cell('y')]])],
      'only_one_table_allowed [json-pointer:/blocks]',
    ],
    [
      'too much text in a table',
      [table(times(11, () => [cell('x'.repeat(1000))]))],
      'table text must be less than 10001 characters [json-pointer:/blocks]',
    ],
    [
      'an unknown alignment',
      [table([[cell('x')]], { column_settings: [{ align: 'middle' }] })],
      'must be one of: left, center, right [json-pointer:/blocks/0/column_settings/0/align]',
    ],
    [
      'a rich text of unknown parts',
      [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'script' }] }] }],
      'unsupported type: script [json-pointer:/blocks/0/elements/0/elements/0]',
    ],
    [
      'a chart that misses a category',
      [bars([{ name: 's', data: [point('a')] }], ['a', 'b'])],
      'must have one value for every category [json-pointer:/blocks/0/chart/series/0]',
    ],
    [
      'seven series',
      [bars(times(7, (i) => ({ name: `s${i}`, data: [point('a')] })))],
      'no more than 6 items allowed [json-pointer:/blocks/0/chart/series]',
    ],
    [
      'three charts',
      times(3, () => bars([{ name: 's', data: [point('a')] }])),
      'no more than 2 charts allowed [json-pointer:/blocks]',
    ],
    [
      'a slice of nothing',
      [{ type: 'data_visualization', title: 'T', chart: { type: 'pie', segments: [point('a', 0)] } }],
      'must be greater than 0 [json-pointer:/blocks/0/chart/segments/0]',
    ],
  ])('refuses %s', async (_, blocks, problem) => {
    expect(await problems(blocks)).toEqual([problem]);
  });

  it('takes all of it within the limits', async () => {
    const blocks = [
      { type: 'header', text: plain('x'.repeat(150)) },
      section('x'.repeat(3000), {
        accessory: { type: 'image', image_url: 'https://example.com/x.png', alt_text: 'x' },
      }),
      { type: 'section', fields: times(10, () => ({ type: 'mrkdwn', text: 'x', verbatim: true })) },
      actions(...times(25, (i) => button({ action_id: `a${i}`, value: 'x'.repeat(2000), style: 'danger' }))),
      actions({
        type: 'static_select',
        action_id: 's',
        placeholder: plain('p'),
        options: times(100, (i) => option(`${i}`)),
      }),
      table(
        times(100, () => times(20, () => cell('x'))),
        { column_settings: [null, { align: 'right', is_wrapped: true }] },
      ),
      bars([{ name: 's', data: [point('a', -1)] }]),
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'text', text: 'x', style: { bold: true } },
                  { type: 'user', user_id: 'UMIRA' },
                ],
              },
            ],
          },
        ],
      },
      { type: 'context', elements: times(10, () => plain('x')) },
      ...times(41, () => ({ type: 'divider' })),
    ];
    const posted = await workspace.call('chat.postMessage', { channel: 'CGEN', text: 'x', blocks });
    expect(posted.ok).toBe(true);
  });

  it('refuses blocks that are no list of blocks', async () => {
    const post = (blocks: unknown) =>
      workspace.call('chat.postMessage', { channel: 'CGEN', text: 'x', blocks });
    expect((await refusalOf(post('[{'))).error).toBe('invalid_blocks_format');
    expect((await refusalOf(post({ type: 'divider' }))).error).toBe('invalid_blocks_format');
  });

  it('applies the same rules to updates and ephemeral messages, and leaves the old message as it was', async () => {
    const { ts = '' } = await workspace.client.chat.postMessage({ channel: 'CGEN', text: 'before' });
    const blocks = [{ type: 'hologram' }];
    const update = workspace.call('chat.update', { channel: 'CGEN', ts, text: 'after', blocks });
    expect((await refusalOf(update)).error).toBe('invalid_blocks');
    const whisper = workspace.call('chat.postEphemeral', {
      channel: 'CGEN',
      user: 'UMIRA',
      text: 'x',
      blocks,
    });
    expect((await refusalOf(whisper)).error).toBe('invalid_blocks');
    const { messages } = await workspace.client.conversations.replies({ channel: 'CGEN', ts });
    expect(messages?.[0]?.text).toBe('before');
  });
});

describe('views', () => {
  const modal = (more: object) => ({ type: 'modal', title: plain('T'), blocks: [section('x')], ...more });
  const input = { type: 'input', label: plain('L'), element: { type: 'plain_text_input', action_id: 'a' } };

  it.each<[string, object, string]>([
    [
      'a long title',
      modal({ title: plain('x'.repeat(25)) }),
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    [
      '101 blocks',
      modal({ blocks: times(101, () => ({ type: 'divider' })) }),
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ],
    [
      'an input without a submit button',
      modal({ blocks: [input] }),
      'missing required field: submit [json-pointer:/view]',
    ],
    [
      'a table',
      modal({ blocks: [table([[cell('x')]])] }),
      'unsupported type: table [json-pointer:/view/blocks/0]',
    ],
    [
      'long metadata',
      modal({ private_metadata: 'x'.repeat(3001) }),
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
  ])('refuses %s', async (_, view, problem) => {
    const refused = await refusalOf(workspace.call('views.open', { trigger_id: 't', view }));
    expect(refused.error).toBe('invalid_arguments');
    expect(refused.response_metadata?.messages).toEqual([`[ERROR] ${problem}`]);
  });

  it('refuses a view of more than 250 kB', async () => {
    const view = modal({ blocks: times(90, () => section('x'.repeat(2900))) });
    expect((await refusalOf(workspace.call('views.open', { trigger_id: 't', view }))).error).toBe(
      'view_too_large',
    );
  });
});
