/** One verified request → the dispatcher's replies → messages, dialogs or an error in words. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { View } from '../../view/elements.ts';
import type { Dispatch, Interaction, Reply } from '../types.ts';
import type { SlackApi, Wait } from './api.ts';
import type { Delivery } from './deliver.ts';
import { closedChannelView, refusalView, unexpectedView } from './error-view.ts';
import { isClosedToBot } from './errors.ts';
import { writeFormMetadata } from './form-metadata.ts';
import { layoutsOf } from './layouts.ts';
import { drawingPictures, type MakePictures } from './pictures.ts';
import { renderForm } from './render-form.ts';
import { createWhisper, type Whisper } from './whisper.ts';

export interface Request {
  readonly interaction: Interaction;
  readonly user: string;
  readonly responseUrl?: string;
  /** Opens a dialog, within 3 s. */
  readonly trigger?: string;
  /** Whether rewriting the clicked message touches nobody else: it was shown to this person only. */
  readonly ownMessage: boolean;
}

export interface AnswerParts {
  readonly api: SlackApi;
  readonly dispatch: Dispatch;
  readonly delivery: Delivery;
  readonly makePictures: MakePictures;
  readonly log: Logger;
  readonly wait: Wait;
}

/** How long an answer is held back for its picture, in milliseconds, before it goes out without. */
const PICTURE_PATIENCE = 250;

/** Never rejects: whatever goes wrong is told to the person and logged. */
export type Answer = (request: Request) => Promise<void>;

export function createAnswer(parts: AnswerParts): Answer {
  return async (request) => {
    const { conversation } = request.interaction;
    const whisper = createWhisper({
      ...parts,
      user: request.user,
      place: conversation.channel ? conversation : undefined,
      responseUrl: request.responseUrl,
    });
    try {
      const replies = await parts.dispatch(request.interaction);
      for (const reply of replies) await send(parts, request, whisper, reply);
    } catch (error) {
      await tellError(parts, whisper, error);
    }
  };
}

async function send(parts: AnswerParts, request: Request, whisper: Whisper, reply: Reply): Promise<void> {
  switch (reply.kind) {
    case 'private':
      return sendPrivate(parts, whisper, reply.view, replaces(request, reply));
    case 'public':
      return sendPublic(parts, request, whisper, reply.view);
    case 'form': {
      if (!request.trigger)
        throw new AppError('INTERNAL', 'A dialog can only be opened from a command or a click.');
      const metadata = writeFormMetadata({
        form: reply.form.id ?? '',
        conversation: request.interaction.conversation,
      });
      return parts.api.openView(request.trigger, renderForm(reply.form, metadata));
    }
  }
}

type Replacing = 'nothing' | 'own-answer' | 'clicked';

/** Rewriting a message others see would change it for them too, so then the answer is a new one. */
function replaces(request: Request, reply: Extract<Reply, { kind: 'private' }>): Replacing {
  if (request.interaction.kind === 'command') return 'own-answer';
  return reply.replace && request.ownMessage ? 'clicked' : 'nothing';
}

/**
 * The figures first: if the picture is not there almost at once, the answer goes out without it and is
 * rewritten when Slack has processed the picture.
 */
async function sendPrivate(
  parts: AnswerParts,
  whisper: Whisper,
  view: View,
  replacing: Replacing,
): Promise<void> {
  const first = { replace: replacing === 'clicked' };
  const drawing = parts.makePictures(view);
  const pending = drawingPictures(view);
  if (pending.size > 0 && replacing !== 'nothing' && whisper.canReplace()) {
    const ready = await Promise.race([drawing, parts.wait(PICTURE_PATIENCE).then(() => undefined)]);
    if (!ready) {
      await whisper.send(layoutsOf(view, pending), first);
      return whisper.send(layoutsOf(view, await drawing), { replace: true });
    }
  }
  await whisper.send(layoutsOf(view, await drawing), first);
}

async function sendPublic(parts: AnswerParts, request: Request, whisper: Whisper, view: View): Promise<void> {
  try {
    await parts.delivery.deliver(request.interaction.conversation, view);
  } catch (error) {
    if (!(error instanceof AppError) || !isClosedToBot(error)) throw error;
    parts.log.info({ err: error }, 'A shared answer was not posted: the channel is closed to the bot');
    await whisper.send(layoutsOf(closedChannelView(error), new Map()), { replace: false });
  }
}

async function tellError(parts: AnswerParts, whisper: Whisper, error: unknown): Promise<void> {
  const reference = randomUUID().slice(0, 8).toUpperCase();
  const known = error instanceof AppError && error.code !== 'INTERNAL' ? error : undefined;
  if (!known) parts.log.error({ err: error, reference }, 'Pennywatch could not answer a Slack request');
  else if (known.code === 'UPSTREAM')
    parts.log.warn({ err: known, reference }, 'A Slack request was not answered as asked');
  else parts.log.info({ err: known }, 'A Slack request was refused');
  try {
    const view = known ? refusalView(known) : unexpectedView(reference);
    await whisper.send(layoutsOf(view, new Map()), { replace: false });
  } catch (failure) {
    parts.log.error({ err: failure, reference }, 'The person could not be told about an error');
  }
}
