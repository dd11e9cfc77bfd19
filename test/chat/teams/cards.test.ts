/** Whatever a view holds, its card is valid, within the limits, and nothing in it is live; and the checks can fail. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderCard, renderMessage } from '../../../src/chat/teams/render.ts';
import { text } from '../../../src/view/elements.ts';
import { hostileView } from '../../contracts/chat-platform.ts';
import { cardProblems, messageProblems } from './adaptive-card.ts';
import { liveParts, readMarkdown } from './card-reader.ts';

const MIRA = '12345678-9abc-4def-8123-456789abcdef';
/** Characters that mean something somewhere, and some that do not. */
const nasty = fc
  .array(
    fc.constantFrom(
      ...'*_[](){}<>&\\`~#|!@:/.-+=1 \n\t"\'',
      ...[
        '**',
        '](',
        '<at>',
        '</at>',
        '{{DATE(',
        'http://',
        'www.',
        'a',
        'é',
        '💸',
        '\u202E',
        '\u0000',
        '&lt;',
        '\uD800',
      ],
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('any text', () => {
  it('is inert in every place of a view', () => {
    fc.assert(
      fc.property(nasty, (value) => {
        const message = renderMessage(hostileView(value));
        expect(messageProblems(message)).toEqual([]);
        // One link of the view leads to the value itself, which may be a web address.
        expect(liveParts(message.attachments[0]?.content).filter((part) => part !== value)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('beside a mention is inert too, in every style', () => {
    const mention = { kind: 'mention', who: 'user', ids: { teams: MIRA }, name: 'Mira' } as const;
    const style = fc.constantFrom(undefined, 'bold' as const, 'italic' as const, 'code' as const);
    fc.assert(
      fc.property(nasty, nasty, style, (before, after, look) => {
        const spans = [
          { ...text(before), ...(look && { style: look }) },
          mention,
          { ...text(after), ...(look && { style: look }) },
        ];
        const card = renderCard({ elements: [{ kind: 'text', spans }] });
        expect(cardProblems(card)).toEqual([]);
        expect(liveParts(card)).toEqual([`@${MIRA}`]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the checks', () => {
  const card = (...body: unknown[]) => ({ type: 'AdaptiveCard', version: '1.5', body });
  const run = { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'x' }] };
  const action = { type: 'Action.Execute', title: 'x', verb: 'button', data: { pw: 'button' } };

  it('find what is wrong with a card', () => {
    expect(cardProblems(card(run))).toEqual([]);
    for (const broken of [
      card(),
      card({ ...run, colour: 'red' }),
      card({ type: 'RichTextBlock' }),
      card({ type: 'Chart.Line' }),
      card({ type: 'ActionSet', actions: Array.from({ length: 7 }, () => action) }),
      card({ type: 'ActionSet', actions: [{ ...action, verb: 'other' }] }),
      card({ type: 'TextBlock', text: '<at>Mira</at>', wrap: true }),
      card({ type: 'Image', url: 'javascript:x', altText: 'x' }),
      card({ ...run, id: 'a' }, { ...run, id: 'a' }),
      { ...card(run), refresh: { action, userIds: ['mira'] } },
      card({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'x'.repeat(50_000) }] }),
    ])
      expect(cardProblems(broken), JSON.stringify(broken).slice(0, 100)).not.toEqual([]);
  });

  it('find what is live in markdown', () => {
    for (const [markdown, live] of [
      ['[a](https://x.example)', ['https://x.example']],
      ['<at>Mira</at>', ['<at>Mira</at>']],
      ['# head', ['line: # head']],
      ['see https://x.example', ['https://x.example']],
      ['\\[a\\](b) \\*x\\* &lt;at&gt;', []],
      ['**bold [a](https://x.example)**', ['https://x.example']],
    ] as const)
      expect(readMarkdown(markdown).live).toEqual(live);
  });
});
