/** Remembers which of our messages answers which command, so that it can be shared or pinned later. */
import type { Conversation } from '../core/conversation.ts';
import { findPostedCommand, forgetPostedAnswers, savePostedAnswer } from '../store/posted-answers.ts';
import { whenFree } from '../store/write-lock.ts';
import type { Context } from './context.ts';

const DAY_MS = 86_400_000;
/** An older message is taken as anybody's text. */
export const ANSWER_DAYS = 90;

export interface PlacedMessage {
  readonly conversation: Conversation;
  readonly messageId: string;
}

export async function rememberAnswer(
  { store, now }: Context,
  { conversation, messageId }: PlacedMessage,
  command: string,
): Promise<void> {
  const { platform, channel } = conversation;
  const answer = { platform, channel, messageId, command, createdAt: new Date(now()) };
  await whenFree(() => savePostedAnswer(store, answer));
}

/** The command that a message of ours answers; undefined for anybody else's message. */
export async function recallAnswer(
  { store }: Context,
  { conversation, messageId }: PlacedMessage,
): Promise<string | undefined> {
  const { platform, channel } = conversation;
  return findPostedCommand(store, { platform, channel, messageId });
}

/** Forgets answers that nobody will share any more; how many there were. */
export async function forgetOldAnswers({ store, now }: Context): Promise<number> {
  return forgetPostedAnswers(store, new Date(now() - ANSWER_DAYS * DAY_MS));
}
