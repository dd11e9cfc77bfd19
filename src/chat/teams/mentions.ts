/** What somebody wrote, as plain words: without naming the bot, people as "<@Entra id>", no leftovers of Teams' markup. */
import type { TeamsActivity } from './types.ts';

type Entity = NonNullable<TeamsActivity['entities']>[number];
export type Mentioned = NonNullable<Entity['mentioned']>;

/** The Entra object id of somebody who was mentioned; undefined when nobody knows it. Never rejects. */
export type WhoIs = (mentioned: Mentioned) => Promise<string | undefined>;

/** A whole message at most; sentences are far shorter. */
const LONGEST = 12_000;
const MOST_MENTIONS = 20;

const TAGS =
  /<\/?(?:at|p|div|span|br|b|i|u|s|em|strong|del|code|pre|ul|ol|li|a|blockquote|h[1-6]|font|table|tbody|tr|td|th|emoji|img|attachment|systemeventmessage)(?:\s[^<>]*)?\/?>/gi;
const LINE_ENDS = /<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])\s*\/?>/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Whether the message names the bot: in channels and group chats only that is meant for it. */
export function mentionsBot(activity: Pick<TeamsActivity, 'entities' | 'recipient'>): boolean {
  return mentionsIn(activity).some(({ mentioned }) => mentioned.id === activity.recipient.id);
}

/** The words of the message. Whoever cannot be told stays as "@Name". */
export async function plainText(
  activity: Pick<TeamsActivity, 'text' | 'entities' | 'recipient'>,
  whoIs: WhoIs,
): Promise<string> {
  let parts: readonly (string | Mentioned)[] = [(activity.text ?? '').slice(0, LONGEST)];
  for (const { text, mentioned } of mentionsIn(activity)) parts = cutOut(parts, text, mentioned);
  const said = await Promise.all(
    parts.map(async (part) =>
      typeof part === 'string' ? cleanText(part) : nameOf(part, activity.recipient.id, whoIs),
    ),
  );
  return tidy(said.join(''));
}

/** Text without Teams' tags and character references; line breaks stay. */
export function cleanText(text: string): string {
  return text
    .replace(LINE_ENDS, '\n')
    .replace(TAGS, '')
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi, (all, decimal, hex, name) =>
      name
        ? (NAMED[name.toLowerCase()] ?? all)
        : character(decimal ? Number(decimal) : Number.parseInt(hex, 16), all),
    )
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200B\u2060\uFEFF]/g, '');
}

/** One space between words, nothing before the first and after the last. */
export function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .replace(/^[\s,:;–—-]+/, '')
    .trim();
}

function mentionsIn({
  entities = [],
}: Pick<TeamsActivity, 'entities'>): { text: string; mentioned: Mentioned }[] {
  return entities
    .flatMap(({ type, text, mentioned }) =>
      type === 'mention' && mentioned ? [{ text: text ?? '', mentioned }] : [],
    )
    .slice(0, MOST_MENTIONS);
}

/** Puts the mention in the place of the first piece of text that is it. */
function cutOut(
  parts: readonly (string | Mentioned)[],
  text: string,
  mentioned: Mentioned,
): (string | Mentioned)[] {
  const at = text === '' ? -1 : parts.findIndex((part) => typeof part === 'string' && part.includes(text));
  const part = parts[at];
  if (typeof part !== 'string') return [...parts];
  const start = part.indexOf(text);
  // Teams cuts a name of two words into two mentions of the same person.
  const before = part.slice(0, start);
  const previous = parts[at - 1];
  const again =
    typeof previous === 'object' && previous.id === mentioned.id && /^(?:\s|&nbsp;)*$/.test(before);
  const between = again ? [] : [before, mentioned];
  return [...parts.slice(0, at), ...between, part.slice(start + text.length), ...parts.slice(at + 1)];
}

async function nameOf(mentioned: Mentioned, bot: string, whoIs: WhoIs): Promise<string> {
  if (mentioned.id === bot) return ' ';
  const id = await whoIs(mentioned);
  return id === undefined ? `@${cleanText(mentioned.name ?? '').trim()}` : `<@${id}>`;
}

function character(code: number, otherwise: string): string {
  if (code === 0xa0) return ' ';
  return code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    ? String.fromCodePoint(code)
    : otherwise;
}
