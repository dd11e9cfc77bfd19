/** How a message looks in Slack: goldens, tables, pictures and dialogs. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderMessage } from '../../../src/chat/slack/render.ts';
import { renderForm } from '../../../src/chat/slack/render-form.ts';
import { renderHome } from '../../../src/chat/slack/render-home.ts';
import { type Form, text, type View } from '../../../src/view/elements.ts';
import { chart, samples } from '../../contracts/chat-platform.ts';
import { blockKitProblems, liveParts, visible } from './block-kit.ts';

const sample: View = {
  elements: [
    samples.heading,
    samples.text,
    samples.chart,
    samples.table,
    samples.fields,
    samples.list,
    samples.divider,
    {
      kind: 'actions',
      buttons: [
        {
          label: 'By service',
          action: { do: 'command', text: 'model bert by service' },
          id: 'b-1',
          style: 'primary',
        },
        { label: 'Share in channel', action: { do: 'share', text: 'model bert' }, id: 'b-2' },
      ],
    },
    samples.context,
  ],
};

describe('goldens', () => {
  it('an answer without its picture', () => matchesGolden('answer.json', renderMessage(sample)));
  it('an answer with its picture', () =>
    matchesGolden(
      'answer-with-picture.json',
      renderMessage(sample, new Map([[chart, { state: 'ready', fileId: 'F012' }]])),
    ));
  it('the app’s home: tables as text or lines, no table blocks', () => {
    const wide = {
      ...samples.table,
      columns: ['Budget', 'Used', 'Of', 'Period gone', 'State', ''].map((title) => ({ title })),
      rows: [
        ['team search', '$30,198', '$45,000', '67 %', 'within pace', 'pennywatch.yaml'],
        ['bert', '$11,044', '$15,000', '', 'ahead of pace', 'set by <@U1>'],
      ],
    };
    const home = renderHome({ elements: [...sample.elements, wide] });
    expect(blockKitProblems(home.blocks, 'modal')).toEqual([]);
    expect(home.blocks.filter(({ type }) => type === 'table')).toEqual([]);
    matchesGolden('home.json', home);
  });
  it('a dialog', () => matchesGolden('form.json', renderForm(form, '{"form":"f-1"}')));
});

describe('tables', () => {
  const table = (columns: number, rows: number): View => ({
    elements: [
      {
        kind: 'table',
        columns: Array.from({ length: columns }, (_, index) => ({
          title: `c${index}`,
          align: index > 0 ? 'right' : 'left',
        })),
        rows: Array.from({ length: rows }, (_, row) =>
          Array.from({ length: columns }, (_, column) => `${row}/${column}`),
        ),
        more: 'and 12 more, $430',
      },
    ],
  });

  it('puts numbers to the right', () => {
    expect(renderMessage(table(3, 1)).blocks[0]).toMatchObject({
      type: 'table',
      column_settings: [{ align: 'left', is_wrapped: true }, { align: 'right' }, { align: 'right' }],
    });
  });

  it('keeps as many rows as Slack takes and counts the rest exactly', () => {
    const { blocks } = renderMessage(table(2, 200));
    expect(blocks[0]).toMatchObject({ type: 'table' });
    expect(blocks[0]?.type === 'table' && blocks[0].rows.length).toBe(100);
    expect(visible(blocks)).toContain('99 of 200 rows are shown');
    expect(visible(blocks)).toContain('The other 101 are left out');
    expect(visible(blocks)).toContain('and 12 more, $430');
  });

  it('names the columns it leaves out', () => {
    expect(visible(renderMessage(table(22, 1)).blocks)).toContain('and 2 more columns, left out: c20, c21');
  });

  it('draws the second table as aligned text', () => {
    const view = { elements: [...table(2, 1).elements, ...table(2, 2).elements] };
    const { blocks } = renderMessage(view);
    expect(blocks.filter(({ type }) => type === 'table')).toHaveLength(1);
    expect(visible(blocks)).toContain('c0    c1\n───  ───\n0/0  0/1\n1/0  1/1');
  });
});

describe('pictures', () => {
  const view: View = { elements: [samples.chart] };
  it.each([
    [{ state: 'drawing' }, 'Drawing the chart…'],
    [
      { state: 'failed', reason: 'Slack did not take the picture' },
      'cannot be shown (Slack did not take the picture)',
    ],
  ] as const)('says where one stands: %j', (picture, words) => {
    const { blocks } = renderMessage(view, new Map([[chart, picture]]));
    expect(visible(blocks)).toContain(words);
    expect(visible(blocks)).toContain(chart.alt);
  });

  it('shows an uploaded one with its description', () => {
    expect(renderMessage(view, new Map([[chart, { state: 'ready', fileId: 'F1' }]])).blocks).toEqual([
      { type: 'image', slack_file: { id: 'F1' }, alt_text: chart.alt },
    ]);
  });
});

const form: Form = {
  form: 'compare',
  text: 'model bert',
  title: 'Compare bert with…',
  submit: 'Compare',
  id: 'f-1',
  intro: [text('Both over the same days.')],
  fields: [
    {
      kind: 'select',
      name: 'with',
      label: 'Model',
      value: 'gpt',
      options: [
        { value: 'gpt', label: 'gpt' },
        { value: 't5', label: 't5' },
      ],
    },
    {
      kind: 'text',
      name: 'note',
      label: 'Note',
      optional: true,
      placeholder: 'why',
      hint: 'shown with the answer',
      value: 'for <!channel>',
    },
  ],
};

describe('dialogs', () => {
  it('fits and keeps nothing but an opaque id', () => {
    const view = renderForm(form, 'metadata');
    expect(blockKitProblems(view.blocks, 'modal')).toEqual([]);
    expect(view.private_metadata).toBe('metadata');
    expect(JSON.stringify(view)).not.toContain('"model bert"');
  });

  it('says the long title in full, cuts labels with notice and lists what it can of too many options', () => {
    const title = 'Compare the cost of bert with another model';
    const options = Array.from({ length: 130 }, (_, index) => ({
      value: `m${index}`,
      label: `model ${index}`,
    }));
    const view = renderForm(
      {
        ...form,
        title,
        submit: 'Compare the two models now',
        fields: [
          {
            kind: 'select',
            name: 'with',
            label: 'Model',
            options: [...options, { value: 'x'.repeat(80), label: 'long' }],
          },
          { kind: 'select', name: 'none', label: 'Nothing', options: [] },
          {
            kind: 'text',
            name: 'note',
            label: 'l'.repeat(2_500),
            placeholder: 'p'.repeat(300),
            value: 'v'.repeat(4_000),
          },
        ],
      },
      '',
    );
    expect(blockKitProblems(view.blocks, 'modal')).toEqual([]);
    expect(view.title.text.length).toBeLessThanOrEqual(24);
    expect(view.submit?.text.length).toBeLessThanOrEqual(24);
    const seen = visible(view.blocks);
    for (const words of [
      title,
      'The button means: Compare the two models now',
      'and 31 more',
      'nothing to choose from',
    ])
      expect(seen).toContain(words);
  });

  it('keeps hostile values literal', () => {
    const evil = '<!channel> *x* <https://evil.example|y>';
    const view = renderForm(
      {
        ...form,
        title: evil,
        intro: [text(evil)],
        fields: [{ kind: 'select', name: 'a', label: evil, options: [{ value: evil, label: evil }] }],
      },
      '',
    );
    expect(liveParts({ text: '', blocks: view.blocks })).toEqual([]);
  });

  it('refuses a form that was never registered', () => {
    const { id: _, ...unregistered } = form;
    expect(() => renderForm(unregistered, '')).toThrow(/id/);
  });
});

function matchesGolden(name: string, payload: unknown): void {
  const path = join(import.meta.dirname, '../../golden/slack', name);
  const now = `${JSON.stringify(payload, null, 2)}\n`;
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, now);
  }
  expect(now).toBe(readFileSync(path, 'utf8'));
}
