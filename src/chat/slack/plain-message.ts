/** What a Slack message says, as plain text: no markup, no live mentions, and without naming the bot. */

type Json = Readonly<Record<string, unknown>>;

/** A whole message at most; sentences are far shorter. */
const LONGEST = 12_000;

/**
 * The words of a message, from its blocks where it has any (they hold what was typed, unescaped), else from its text.
 * Mentions of `without` (the bot itself) vanish; others stay as "@id" or the name Slack gives. Pictures and buttons say nothing.
 */
export function plainMessage(
  message: { readonly text?: unknown; readonly blocks?: unknown },
  without?: string,
): string {
  const blocks = Array.isArray(message.blocks) ? message.blocks.filter(isJson) : [];
  const spoken = blocks.flatMap((block) => blockLines(block, without));
  const lines = spoken.length > 0 ? spoken : [fromMrkdwn(textOf(message.text), without)];
  return lines
    .join('\n')
    .slice(0, LONGEST)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/^[\s,:;–—-]+/, '')
    .trim();
}

function blockLines(block: Json, without: string | undefined): string[] {
  switch (block.type) {
    case 'rich_text':
      return children(block, 'elements').flatMap((element) => richLines(element, without));
    case 'header':
      return [textObject(block.text, without)];
    case 'section':
      return [block.text, ...children(block, 'fields')]
        .map((one) => textObject(one, without))
        .filter(Boolean);
    case 'context':
      return [
        children(block, 'elements')
          .map((one) => textObject(one, without))
          .join(' '),
      ].filter(Boolean);
    case 'markdown':
      return [textOf(block.text)];
    case 'table':
      return rows(block).map((row) => row.map((cell) => inlineText(cell, without)).join(' · '));
    default:
      return [];
  }
}

function richLines(element: Json, without: string | undefined): string[] {
  if (element.type === 'rich_text_list')
    return children(element, 'elements').flatMap((item) => richLines(item, without));
  return [
    children(element, 'elements')
      .map((part) => inlineText(part, without))
      .join(''),
  ].filter((line) => line.trim() !== '');
}

function inlineText(part: Json, without: string | undefined): string {
  switch (part.type) {
    case 'text':
    case 'raw_text':
      return textOf(part.text);
    case 'raw_number':
      return String(part.text ?? part.value ?? '');
    case 'link':
      return textOf(part.text) || textOf(part.url);
    case 'user':
      return part.user_id === without ? '' : `@${textOf(part.user_id)}`;
    case 'usergroup':
      return `@${textOf(part.usergroup_id)}`;
    case 'channel':
      return `#${textOf(part.channel_id)}`;
    case 'broadcast':
      return `@${textOf(part.range)}`;
    case 'emoji':
      return `:${textOf(part.name)}:`;
    case 'date':
      return textOf(part.fallback);
    case 'rich_text':
      return children(part, 'elements')
        .flatMap((element) => richLines(element, without))
        .join(' ');
    default:
      return '';
  }
}

function textObject(value: unknown, without: string | undefined): string {
  if (!isJson(value)) return '';
  if (value.type === 'plain_text') return textOf(value.text);
  return value.type === 'mrkdwn' ? fromMrkdwn(textOf(value.text), without) : '';
}

function fromMrkdwn(mrkdwn: string, without: string | undefined): string {
  return mrkdwn
    .replace(/<([^<>\n]+)>/g, (_, control: string) => controlText(control, without))
    .replace(/(^|[\s(])([*_~`])(\S(?:[^\n]*?\S)?)\2(?=$|[\s).,;:!?])/gm, '$1$3')
    .replace(/&(lt|gt|amp);/g, (_, name: 'lt' | 'gt' | 'amp') => ({ lt: '<', gt: '>', amp: '&' })[name]);
}

/** What stands between "<" and ">": mentions, dates and links, with the label Slack gives them. */
function controlText(control: string, without: string | undefined): string {
  const [target = '', label] = control.split('|', 2);
  const id = target.slice(1);
  if (target.startsWith('@')) return id === without ? '' : `@${label ?? id}`;
  if (target.startsWith('#')) return `#${label ?? id}`;
  if (target.startsWith('!subteam^')) return label ?? `@${target.slice('!subteam^'.length)}`;
  if (target.startsWith('!date^')) return label ?? '';
  if (target.startsWith('!')) return `@${label ?? id}`;
  return label ?? target;
}

function rows(block: Json): Json[][] {
  return Array.isArray(block.rows)
    ? block.rows.flatMap((row) => (Array.isArray(row) ? [row.filter(isJson)] : []))
    : [];
}

function children(node: Json, name: string): Json[] {
  const list = node[name];
  return Array.isArray(list) ? list.filter(isJson) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
