/** What can be chosen from a message's menu: share its answer, pin it to the weekly report. */
import type { Conversation } from '../core/conversation.ts';
import { pinMessage } from '../flows/pins.ts';
import { recallAnswer, rememberAnswer } from '../flows/posted-answers.ts';
import type { View } from '../view/elements.ts';
import { composePinned } from '../view/messages/pinned.ts';
import { composeShared } from '../view/messages/shared.ts';
import { demandReading } from './reading.ts';
import { runCommand } from './run.ts';
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

/** Throws AppError for what cannot be shared or pinned, in words. */
export async function runShortcut(
  context: CommandContext,
  request: ShortcutRequest,
): Promise<ShortcutAnswer> {
  const { message, conversation } = request;
  const posted = await recallAnswer(context, { conversation, messageId: message.id });
  if (request.shortcut === 'pin') {
    const pinned = await pinMessage(context, context.actor, {
      conversation,
      message,
      ...(posted && { command: posted }),
    });
    return { view: composePinned(pinned), public: false };
  }
  return posted === undefined ? shareSentence(context, message.text) : shareAgain(context, posted);
}

/** Our own answer: the same command, answered afresh. */
async function shareAgain(context: CommandContext, command: string): Promise<ShortcutAnswer> {
  demandReading(command);
  const { view } = await runCommand(context, command);
  return { view: composeShared(view, nameOf(context), command), public: true, command };
}

/** Somebody's message: its words are not the clicker's, so they may ask, but change nothing. */
async function shareSentence(context: CommandContext, sentence: string): Promise<ShortcutAnswer> {
  const { view, command } = await answerSentence(context, sentence, { mayChange: false });
  if (command === undefined) return { view, public: false };
  return { view: composeShared(view, nameOf(context), command), public: true, command };
}

function nameOf({ actor }: CommandContext): string {
  return actor.kind === 'person' ? (actor.name ?? actor.id) : 'Somebody';
}

/** Remembers which command's answer a posted message is. */
export async function rememberPosted(
  context: CommandContext,
  posted: { command: string; messageId: string; conversation: Conversation },
): Promise<void> {
  await rememberAnswer(context, posted, posted.command);
}
