/** Messages as plain text. */
import { describe, expect, it } from 'vitest';
import { bold, text, type View } from '../../src/view/elements.ts';
import { printable, renderText, tableToText } from '../../src/view/fallback.ts';

describe('renderText', () => {
  it('reads like the message, top to bottom', () => {
    const view: View = {
      elements: [
        { kind: 'heading', text: 'bert: $12,480 in the last 30 days' },
        {
          kind: 'text',
          spans: [
            bold('Why:'),
            text(' training. '),
            { kind: 'link', text: 'Runbook', url: 'https://wiki.example' },
          ],
        },
        {
          kind: 'fields',
          fields: [
            {
              label: 'Owner',
              value: [{ kind: 'mention', who: 'user', ids: { slack: 'U1' }, name: 'Mira Chen' }],
            },
          ],
        },
        { kind: 'list', items: [[text('one')], [text('two')]], ordered: true },
        { kind: 'list', items: [[text('loose')]] },
        {
          kind: 'table',
          columns: [{ title: 'stage' }, { title: 'cost', align: 'right' }],
          rows: [
            ['training', '$7,900'],
            ['data', '$380'],
          ],
          more: 'and 12 more, $430',
        },
        { kind: 'divider' },
        {
          kind: 'actions',
          buttons: [{ label: 'By service', action: { do: 'command', text: 'model bert by service' } }],
        },
        { kind: 'context', spans: [text('EffectiveCost · USD')] },
      ],
    };
    expect(renderText(view)).toBe(
      `bert: $12,480 in the last 30 days

Why: training. Runbook (https://wiki.example)

Owner: Mira Chen

1. one
2. two

• loose

stage       cost
────────  ──────
training  $7,900
data        $380
and 12 more, $430

────────

[By service]

EffectiveCost · USD`,
    );
    expect(renderText(view, { buttons: 'commands' })).toContain('[By service] model bert by service');
    expect(renderText(view, { buttons: 'none' })).not.toContain('By service');
  });

  it('describes a chart in words', () => {
    const chart = { id: 'c', title: 't', currency: 'USD', days: [], series: [], alt: 'cost rose' };
    expect(renderText({ elements: [{ kind: 'chart', chart }] })).toBe('[Chart] cost rose');
  });

  it('is empty for a message without words', () => expect(renderText({ elements: [] })).toBe(''));
});

describe('tableToText', () => {
  it('aligns emoji, Chinese and right-to-left names, and survives short rows', () => {
    const drawn = tableToText(
      [{ title: 'name' }, { title: 'n', align: 'right' }],
      [['模型', '1'], ['💸', '22'], ['مرحبا', '3'], ['e\u0301te'], ['a\nb', '4']],
    );
    expect(drawn.split('\n')).toEqual([
      'name    n',
      '─────  ──',
      '模型    1',
      '💸     22',
      'مرحبا   3',
      'e\u0301te',
      'a b     4',
    ]);
  });
});

describe('printable', () => {
  it.each([
    ['\u001B[31mred\u001B[0m', '\uFFFD[31mred\uFFFD[0m'],
    ['a\u202Eb\u2066c', 'abc'],
    ['line\r\nline\ttab', 'line\nline\ttab'],
    ['\u0000\u009B', '\uFFFD\uFFFD'],
    ['مرحبا 👩‍👩‍👧', 'مرحبا 👩‍👩‍👧'],
  ])('%j', (value, shown) => expect(printable(value)).toBe(shown));
});
