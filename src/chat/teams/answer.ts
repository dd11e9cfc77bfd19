/** One verified request → the dispatcher's replies → cards, messages, dialogs or an error in words. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { View } from '../../view/elements.ts';
import type { Conversation, Dispatch, MessageRef } from '../types.ts';
import { refusalView, unexpectedView } from '../words.ts';
import type { Answered } from './answered.ts';
import type { ClientAbilities } from './client.ts';
import { limits } from './limits.ts';
import type { MakePictures } from './pictures.ts';
import type { Origin, Request } from './requests.ts';
import { sendReply } from './send-reply.ts';
import type { TeamsAddress, TeamsMessage } from './types.ts';
import type { Whisper } from './whisper.ts';

/** What an answer needs of delivery: for somebody who is waiting. */
export interface AnswerDelivery {
  post(target: Conversation, message: View | TeamsMessage): Promise<MessageRef>;
  rewrite(ref: MessageRef, view: View): Promise<void>;
  /** What a message of ours shows, by its id and where it is; undefined when that is forgotten. */
  view(messageId: string, channel: string): View | undefined;
}

export interface AnswerParts {
  readonly dispatch: Dispatch;
  readonly delivery: AnswerDelivery;
  /** Which messages are answers: only those may become another answer. */
  readonly answered: Answered;
  readonly makePictures: MakePictures;
  readonly log: Logger;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Shows that somebody is writing. */
  readonly typing: (address: TeamsAddress) => Promise<void>;
  readonly client: ClientAbilities;
}

/** Never rejects: whatever goes wrong is told to the person and logged. */
export async function answerRequest(parts: AnswerParts, request: Request, whisper: Whisper): Promise<void> {
  try {
    const replies = await parts.dispatch(request.interaction);
    for (const reply of replies) await sendReply(parts, request, whisper, reply);
  } catch (error) {
    await tellError(parts, whisper, error);
  }
}

async function tellError({ log }: AnswerParts, whisper: Whisper, error: unknown): Promise<void> {
  const reference = randomUUID().slice(0, 8).toUpperCase();
  const known = error instanceof AppError && error.code !== 'INTERNAL' ? error : undefined;
  if (!known) log.error({ err: error, reference }, 'Pennywatch could not answer a Teams request');
  else if (known.code === 'UPSTREAM')
    log.warn({ err: known, reference }, 'A Teams request was not answered as asked');
  else log.info({ err: known }, 'A Teams request was refused');
  try {
    await whisper.send(known ? refusalView(known) : unexpectedView(reference), { replace: false });
  } catch (failure) {
    log.error({ err: failure, reference }, 'The person could not be told about an error');
  }
}

/** Teams shows the dots for some seconds: so often at most, so long after one another. */
const TYPING_PAUSES = [limits.typingMs, 4_000, 4_000, 4_000];

/** Shows that somebody is writing while `running` takes longer than a second. Never rejects. */
export async function showTyping(
  { wait, typing, log }: Pick<AnswerParts, 'wait' | 'typing' | 'log'>,
  { address }: Pick<Origin, 'address'>,
  running: Promise<unknown>,
): Promise<void> {
  const done = running.then(
    () => true,
    () => true,
  );
  for (const pause of TYPING_PAUSES) {
    if (await Promise.race([done, wait(pause).then(() => false)])) return;
    try {
      await typing(address);
    } catch (error) {
      log.info({ err: error }, 'Teams did not show that an answer is being written');
      return;
    }
  }
}
