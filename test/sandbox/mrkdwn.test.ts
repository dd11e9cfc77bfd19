/** Slack's markup as rich text: what is escaped stays text, whatever it looks like. */
import { describe, expect, it } from 'vitest';
import { plainRichText, richTextOf } from '../../src/sandbox/page/mrkdwn.ts';

interface Section {
  readonly type: string;
  readonly elements: readonly Readonly<Record<string, unknown>>[];
}

/** The spans in short: text, or "type:what". */
function spans(mrkdwn: string): string[] {
  const [section] = richTextOf(mrkdwn).elements as Section[];
  return (section?.elements ?? []).map(short);
}

function short({ type, text, style, ...rest }: Readonly<Record<string, unknown>>): string {
  const styles = Object.keys(style ?? {}).join('+');
  if (type === 'text') return styles ? `${styles}(${text})` : String(text);
  return `${type}:${Object.values(rest)[0]}${text === undefined ? '' : `|${text}`}`;
}

describe('mrkdwn', () => {
  it.each<[string, string[]]>([
    ['*b* _i_ ~s~ `c`', ['bold(b)', ' ', 'italic(i)', ' ', 'strike(s)', ' ', 'code(c)']],
    ['*bold with _both_*', ['bold(bold with )', 'bold+italic(both)']],
    ['snake_case_name and 2*3*4 and a ~ b ~ c', ['snake_case_name and 2*3*4 and a ~ b ~ c']],
    ['* not bold * and *', ['* not bold * and *']],
    ['*b*, (*c*)', ['bold(b)', ', (', 'bold(c)', ')']],
    [
      '<@U1> <#C1|x> <!subteam^S1> <!here>',
      ['user:U1', ' ', 'channel:C1', ' ', 'usergroup:S1', ' ', 'broadcast:here'],
    ],
    ['<https://a.example/?x=1&amp;y=2|A &lt;b&gt;>', ['link:https://a.example/?x=1&y=2|A <b>']],
    ['see https://a.example/x.', ['see ', 'link:https://a.example/x|https://a.example/x', '.']],
    ['<!date^1763625600^{date} at {time}|fallback>', ['date:1763625600']],
    ['at 12:30:45 :tada:', ['at 12:30:45 ', 'emoji:tada']],
    ['<javascript:alert(1)|click>', ['<javascript:alert(1)|click>']],
    ['&lt;!channel&gt; &lt;@U1&gt; &amp;lt;', ['<!channel> <@U1> &lt;']],
    [
      '&lt;https://evil.example|click&gt;',
      ['<', 'link:https://evil.example|https://evil.example', '|click>'],
    ],
    ['`*x* <@U1>`', ['code(*x* <@U1>)']],
    ['مرحبا *عالم* 👍', ['مرحبا ', 'bold(عالم)', ' 👍']],
  ])('reads %s', (text, expected) => {
    expect(spans(text)).toEqual(expected);
  });

  it('keeps lines, quotes and code blocks', () => {
    const block = richTextOf('one\ntwo\n&gt; quoted\n> more\n```\na *b*\n  &lt;c&gt;\n```');
    expect(block.elements).toMatchObject([
      { type: 'rich_text_section', elements: [{ text: 'one\ntwo' }] },
      { type: 'rich_text_quote', elements: [{ text: 'quoted\nmore' }] },
      { type: 'rich_text_preformatted', elements: [{ text: 'a *b*\n  <c>' }] },
    ]);
  });

  it('reads ten thousand characters of bad markup quickly', () => {
    const [section] = richTextOf('*_~`<:'.repeat(2000)).elements as Section[];
    expect(section?.elements.length).toBeGreaterThan(0);
  });
});

it('leaves plain text as it is, but for emoji', () => {
  const [section] = plainRichText('*a* &lt; <@U1> :tada:').elements as Section[];
  expect(section?.elements.map(short)).toEqual(['*a* &lt; <@U1> ', 'emoji:tada']);
});
