/** One verified request → the dispatcher's replies → messages, dialogs or an error in words. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { Dispatch, Interaction } from '../types.ts';
import { refusalView, unexpectedView } from '../words.ts';
import type { Place, SlackApi, Wait } from './api.ts';
import type { Delivery } from './deliver.ts';
import { homeLayoutsOf, sendFirstAccepted } from './layouts.ts';
import { createPanel } from './panel.ts';
import type { MakePictures } from './pictures.ts';
import { openLoading } from './send-form.ts';
import { sendReply } from './send-reply.ts';
import { createWhisper, type Whisper } from './whisper.ts';

export interface Request {
  readonly interaction: Interaction;
  readonly user: string;
  /** Where an answer for this person only is shown. */
  readonly privately: Place;
  readonly responseUrl?: string;
  /** Opens a dialog, within 3 s. */
  readonly trigger?: string;
  /** It was clicked on a page, not in a message: the app's home, or a dialog with an answer, which has an id. */
  readonly page?: {
    readonly dialog?: string;
    /** Which form the dialog is, if it is one. */
    readonly form?: string;
  };
  /** The form that this click opens, if that takes longer than Slack waits. */
  readonly slowForm?: string;
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

/** Never rejects: whatever goes wrong is told to the person and logged. */
export type Answer = (request: Request) => Promise<void>;

export function createAnswer(parts: AnswerParts): Answer {
  return async (request) => {
    const message = createWhisper({
      ...parts,
      user: request.user,
      place: request.privately,
      responseUrl: request.responseUrl,
    });
    const { page, trigger } = request;
    const loading = request.slowForm ? await openLoading(parts, request) : undefined;
    const whisper =
      page || loading
        ? createPanel({
            ...parts,
            trigger,
            viewId: loading ?? page?.dialog,
            conversation: request.interaction.conversation,
            otherwise: message,
          })
        : message;
    try {
      const replies = await parts.dispatch(request.interaction);
      for (const reply of replies) await sendReply(parts, request, whisper, reply, loading);
    } catch (error) {
      await tellError(parts, request, whisper, error);
    }
  };
}

async function tellError(
  parts: AnswerParts,
  request: Request,
  whisper: Whisper,
  error: unknown,
): Promise<void> {
  const reference = randomUUID().slice(0, 8).toUpperCase();
  const known = error instanceof AppError && error.code !== 'INTERNAL' ? error : undefined;
  if (!known) parts.log.error({ err: error, reference }, 'Pennywatch could not answer a Slack request');
  else if (known.code === 'UPSTREAM')
    parts.log.warn({ err: known, reference }, 'A Slack request was not answered as asked');
  else parts.log.info({ err: known }, 'A Slack request was refused');
  try {
    const view = known ? refusalView(known) : unexpectedView(reference);
    if (request.interaction.kind !== 'home') return await whisper.send(view, new Map(), { replace: false });
    await sendFirstAccepted(homeLayoutsOf(view, new Map()), parts.log, (home) =>
      parts.api.publishHome(request.user, home),
    );
  } catch (failure) {
    parts.log.error({ err: failure, reference }, 'The person could not be told about an error');
  }
}
