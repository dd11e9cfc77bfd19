/** What a message says in plain words, however Slack wraps it. */
import { describe, expect, it } from 'vitest';
import { plainMessage } from '../../../src/chat/slack/plain-message.ts';
import { renderMessage } from '../../../src/chat/slack/render.ts';
import { samples } from '../../contracts/chat-platform.ts';

const rich = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
const words = (text: string, style = {}) => ({ type: 'text', text, style });

describe('a message without blocks', () => {
  it.each([
    ['<@UB> how much did bert cost?', 'how much did bert cost?'],
    ['<@UB>, <@UB|pennywatch>: bert', 'bert'],
    ['what does <@U2|mira> or <@U3> spend', 'what does @mira or @U3 spend'],
    ['costs of <#C1|search> for <!subteam^S1|@leads>', 'costs of #search for @leads'],
    [
      'see <https://x.example/a?b=1&amp;c=2|the wiki> or <https://y.example>',
      'see the wiki or https://y.example',
    ],
    [
      '*bert* and _ranker_ and `gpt-4o` and snake_case_name',
      'bert and ranker and gpt-4o and snake_case_name',
    ],
    ['a &lt;!channel&gt; &amp;amp; b', 'a <!channel> &amp; b'],
    ['<!here> look, <!date^1700000000^{date}|14 Nov>', '@here look, 14 Nov'],
    ['  spaced \t out  ', 'spaced out'],
    ['', ''],
  ])('%s', (text, plain) => expect(plainMessage({ text }, 'UB')).toBe(plain));
});

describe('a message with blocks', () => {
  it('is read from them: they hold what was typed, unescaped', () => {
    const typed = rich(
      { type: 'user', user_id: 'UB' },
      words(' how much did '),
      words('*bert*', { bold: true }),
      words(' & <ranker> cost '),
      { type: 'user', user_id: 'U2' },
      { type: 'link', url: 'https://x.example', text: 'there' },
      { type: 'emoji', name: 'eyes' },
    );
    expect(plainMessage({ text: 'something else', blocks: [typed] }, 'UB')).toBe(
      'how much did *bert* & <ranker> cost @U2there:eyes:',
    );
  });

  it('of our own says all its words, and none of its buttons', () => {
    const { text, blocks } = renderMessage({ elements: Object.values(samples) });
    const plain = plainMessage({ text, blocks }, 'UB');
    for (const said of [
      'bert: $12,480 in the last 30 days',
      'Why: training',
      'ranker-v3 −$640',
      'Owner: Mira Chen',
      'training · $7,900',
      'and 12 more, $430',
    ])
      expect(plain).toContain(said);
    expect(plain).not.toContain('By service');
  });

  it('survives anything', () => {
    const odd = [
      null,
      7,
      { type: 'section' },
      { type: 'rich_text', elements: 'x' },
      { type: 'table', rows: [1] },
    ];
    expect(plainMessage({ text: 'the text', blocks: odd })).toBe('the text');
    expect(plainMessage({ text: 'x'.repeat(50_000) }).length).toBeLessThanOrEqual(12_000);
  });
});
