/** Slack's markup (mrkdwn) as a rich_text block, the way Slack itself stores it: escaped text stays text. */
import type { Block } from '../wire.ts';

type Span = Readonly<Record<string, unknown>>;
interface Style {
  readonly bold?: true;
  readonly italic?: true;
  readonly strike?: true;
}

const EMOJI = String.raw`(?<![\w:]):(?<emoji>[a-z+-][\w+'-]*):(?![\w:])`;
/** `_`, `*` and `~` style only whole words: snake_case and 2*3*4 stay as they are. */
const styled = (mark: string, name: string): string =>
  String.raw`(?<![\w${mark}])[${mark}](?<${name}>[^\s${mark}](?:[^${mark}\n]*[^\s${mark}])?)[${mark}](?![\w${mark}])`;
const MARKUP = new RegExp(
  [
    '`(?<code>[^`\\n]+)`',
    '<(?<control>[^<>\\n]+)>',
    EMOJI,
    styled('*', 'bold'),
    styled('_', 'italic'),
    styled('~', 'strike'),
    String.raw`(?<url>https?://[^\s<>|]+[^\s<>|.,;:!?)'"])`,
  ].join('|'),
  'gu',
);

/** For `mrkdwn` text objects and messages without blocks. */
export function richTextOf(mrkdwn: string): Block {
  const parts = mrkdwn.split(/\n?```\n?([\s\S]+?)\n?```\n?/);
  const elements = parts.flatMap((part, index) =>
    index % 2 === 1 ? [preformatted(part)] : paragraphs(part),
  );
  return { type: 'rich_text', elements };
}

/** For `plain_text` objects: nothing but emoji is special. */
export function plainRichText(text: string): Block {
  const spans = split(
    text,
    new RegExp(EMOJI, 'gu'),
    (found) => emojiSpan(found),
    (piece) => textSpan(piece, {}),
  );
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: spans }] };
}

function preformatted(text: string): Span {
  return { type: 'rich_text_preformatted', elements: [{ type: 'text', text: unescapeText(text) }] };
}

/** Lines that begin with ">" (escaped or not) are quotes; the others run on. */
function paragraphs(text: string): Span[] {
  if (text === '') return [];
  const groups: { quote: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    const open = groups.at(-1);
    const content = quoted?.[1] ?? line;
    if (open && open.quote === (quoted !== null)) open.lines.push(content);
    else groups.push({ quote: quoted !== null, lines: [content] });
  }
  return groups.map(({ quote, lines }) => ({
    type: quote ? 'rich_text_quote' : 'rich_text_section',
    elements: inline(lines.join('\n'), {}),
  }));
}

function inline(text: string, style: Style): Span[] {
  return split(
    text,
    MARKUP,
    (found) => {
      const { code, control, bold, italic, strike, url } = found;
      if (code !== undefined)
        return [{ type: 'text', text: unescapeText(code), style: { ...style, code: true } }];
      if (control !== undefined) return [controlSpan(control, style)];
      if (bold !== undefined) return inline(bold, { ...style, bold: true });
      if (italic !== undefined) return inline(italic, { ...style, italic: true });
      if (strike !== undefined) return inline(strike, { ...style, strike: true });
      if (url !== undefined)
        return [{ type: 'link', url: unescapeText(url), text: unescapeText(url), style }];
      return emojiSpan(found);
    },
    (piece) => textSpan(unescapeText(piece), style),
  );
}

/** What stands between "<" and ">": mentions, dates, links; anything else is shown as it is. */
function controlSpan(control: string, style: Style): Span {
  const [target = '', label] = control.split(/\|(.*)/s);
  const [kind = '', id = ''] = [target.slice(0, 1), target.slice(1)];
  if (kind === '@') return { type: 'user', user_id: id };
  if (kind === '#') return { type: 'channel', channel_id: id };
  if (/^!(here|channel|everyone)$/.test(target)) return { type: 'broadcast', range: id };
  const group = /^!subteam\^(\w+)$/.exec(target)?.[1];
  if (group) return { type: 'usergroup', usergroup_id: group };
  const [, timestamp, format] = /^!date\^(\d+)\^([^^]+)/.exec(target) ?? [];
  if (timestamp && format)
    return { type: 'date', timestamp: Number(timestamp), format, fallback: label ?? '' };
  if (!/^(https?:|mailto:)/i.test(target)) return textSpan(`<${unescapeText(control)}>`, style);
  return { type: 'link', url: unescapeText(target), text: unescapeText(label ?? target), style };
}

/** Cuts the text at every match of the pattern. */
function split(
  text: string,
  pattern: RegExp,
  onMatch: (groups: Readonly<Record<string, string | undefined>>) => Span[],
  onText: (text: string) => Span,
): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > at) spans.push(onText(text.slice(at, match.index)));
    spans.push(...onMatch(match.groups ?? {}));
    at = match.index + match[0].length;
  }
  if (at < text.length) spans.push(onText(text.slice(at)));
  return spans;
}

const textSpan = (text: string, style: Style): Span => ({ type: 'text', text, style });
const emojiSpan = ({ emoji }: Readonly<Record<string, string | undefined>>): Span[] => [
  { type: 'emoji', name: emoji ?? '' },
];

/** Slack's three escapes, each undone once. */
function unescapeText(text: string): string {
  const plain: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
  return text.replaceAll(/&(?:lt|gt|amp);/g, (escaped) => plain[escaped] ?? escaped);
}
