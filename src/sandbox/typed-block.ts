/** What a person typed as the rich_text block Slack's composer makes of it. */
import type { Message } from './state.ts';
import type { Block } from './wire.ts';

const MENTION = /<@(?<user>\w+)>|<!subteam\^(?<group>\w+)>/g;

export function typedBlock({ ts, text }: Pick<Message, 'ts' | 'text'>): Block {
  const elements: Record<string, unknown>[] = [];
  let at = 0;
  const plain = (piece: string): void => {
    if (piece) elements.push({ type: 'text', text: unescapeText(piece) });
  };
  for (const match of text.matchAll(MENTION)) {
    plain(text.slice(at, match.index));
    const { user, group } = match.groups ?? {};
    elements.push(user ? { type: 'user', user_id: user } : { type: 'usergroup', usergroup_id: group });
    at = match.index + match[0].length;
  }
  plain(text.slice(at));
  return {
    type: 'rich_text',
    block_id: `typed-${ts}`,
    elements: [{ type: 'rich_text_section', elements }],
  };
}

function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
