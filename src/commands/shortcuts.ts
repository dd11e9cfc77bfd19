/** What can be chosen from a message's menu: share its answer, pin it to the weekly report. */
import type { Conversation } from '../core/conversation.ts';
import type { View } from '../view/elements.ts';
import { answerSentence } from './sentence.ts';
import type { CommandContext } from './types.ts';

export interface ShortcutRequest {
  readonly shortcut: 'share' | 'pin';
  readonly message: {
    readonly id: string;
    readonly text: string;
    readonly author?: string;
    readonly authorName?: string;
  };
  readonly conversation: Conversation;
}

/** `public` answers go into the thread of the chosen message. */
export interface ShortcutAnswer {
  readonly view: View;
  readonly public: boolean;
  readonly command?: string;
}

export async function runShortcut(
  context: CommandContext,
  request: ShortcutRequest,
): Promise<ShortcutAnswer> {
  const { view, command } = await answerSentence(context, request.message.text);
  return { view, public: command !== undefined, ...(command && { command }) };
}

/** Remembers which command's answer a posted message is. */
export async function rememberPosted(
  _context: CommandContext,
  _posted: { command: string; messageId: string; conversation: Conversation },
): Promise<void> {}
