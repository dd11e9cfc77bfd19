/** Where a report goes: the channel a command was typed in, or the person who typed it. */
import type { Actor } from '../core/actor.ts';
import type { Conversation } from '../core/conversation.ts';
import { AppError } from '../core/errors.ts';

export interface ReportPlace {
  readonly platform: string;
  readonly workspace?: string;
  readonly target: string;
  readonly kind: 'channel' | 'person';
}

/** The person themselves. Throws INVALID in the terminal, where nobody can be written to. */
export function myself(actor: Actor): ReportPlace {
  if (actor.kind !== 'person')
    throw new AppError('INVALID', 'A report goes to a channel or a person in chat.', {
      hint: 'Type the command in the channel that shall get it, or in a direct message. Teams with a channel in pennywatch.yaml get their weekly report by themselves.',
    });
  return { platform: actor.platform, ...workspaceOf(actor), target: actor.id, kind: 'person' };
}

/** The channel of the conversation; undefined in a direct message, on the app's home and in the terminal. */
export function channelOf(conversation: Conversation | undefined): ReportPlace | undefined {
  if (!conversation || isDirect(conversation)) return undefined;
  const { platform, channel } = conversation;
  return { platform, ...workspaceOf(conversation), target: channel, kind: 'channel' };
}

/** A conversation with the bot alone. Slack's ids of them begin with D; the app's home is in no channel at all. */
export function isDirect({ platform, channel, direct = false }: Conversation): boolean {
  return direct || channel === '' || (platform === 'slack' && channel.startsWith('D'));
}

function workspaceOf({ workspace }: { readonly workspace?: string }): { workspace?: string } {
  return workspace ? { workspace } : {};
}

export function samePlace(
  a: { readonly platform: string; readonly target: string },
  b: { readonly platform: string; readonly target: string },
): boolean {
  return a.platform === b.platform && a.target === b.target;
}
