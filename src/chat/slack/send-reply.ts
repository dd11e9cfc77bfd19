/** Sends one reply of the dispatcher to where it belongs. */
import { AppError } from '../../core/errors.ts';
import type { View } from '../../view/elements.ts';
import { drawingPictures } from '../chart-pictures.ts';
import { tellPosted } from '../tell-posted.ts';
import type { MessageRef, Reply } from '../types.ts';
import type { AnswerParts, Request } from './answer.ts';
import { closedChannelView, postedToYouView } from './error-view.ts';
import { isClosedToBot } from './errors.ts';
import { homeLayoutsOf, layoutsOf, sendFirstAccepted } from './layouts.ts';
import type { Pictures } from './render-image.ts';
import { sendForm } from './send-form.ts';
import type { Whisper } from './whisper.ts';

type ReplyOf<Kind extends Reply['kind']> = Extract<Reply, { kind: Kind }>;

/** How long an answer is held back for its picture, in milliseconds, before it goes out without. */
const PICTURE_PATIENCE = 250;

/** `loading`: the dialog that was opened to say that this reply is coming. */
export async function sendReply(
  parts: AnswerParts,
  request: Request,
  whisper: Whisper,
  reply: Reply,
  loading?: string,
): Promise<void> {
  switch (reply.kind) {
    case 'private':
      return sendPrivate(parts, whisper, reply.view, replaces(request, reply));
    case 'public':
      return sendPublic(parts, request, whisper, reply);
    case 'home':
      return inTwoSteps(parts, reply.view, true, async (pictures) => {
        await sendFirstAccepted(homeLayoutsOf(reply.view, pictures), parts.log, (home) =>
          parts.api.publishHome(request.user, home),
        );
      });
    case 'form':
      return sendForm(parts, request, reply.form, loading);
  }
}

type Replacing = 'nothing' | 'own-answer' | 'clicked';

/** Rewriting a message others see would change it for them too, so then the answer is a new one. */
function replaces(request: Request, reply: ReplyOf<'private'>): Replacing {
  if (request.interaction.kind === 'command' || request.page) return 'own-answer';
  return reply.replace && request.ownMessage ? 'clicked' : 'nothing';
}

async function sendPrivate(
  parts: AnswerParts,
  whisper: Whisper,
  view: View,
  replacing: Replacing,
): Promise<void> {
  const mayRewrite = replacing !== 'nothing' && whisper.canReplace();
  await inTwoSteps(parts, view, mayRewrite, (pictures, again) =>
    whisper.send(view, pictures, { replace: again || replacing === 'clicked' }),
  );
}

/** Somebody who wrote a sentence is waiting for figures; what is shared comes whole. */
async function sendPublic(
  parts: AnswerParts,
  request: Request,
  whisper: Whisper,
  reply: ReplyOf<'public'>,
): Promise<void> {
  const { interaction } = request;
  let ref: MessageRef | undefined;
  try {
    await inTwoSteps(parts, reply.view, interaction.kind === 'sentence', async (pictures) => {
      const layouts = layoutsOf(reply.view, pictures);
      if (ref) await parts.delivery.rewrite(ref, layouts);
      else ref = await parts.delivery.post(interaction.conversation, layouts);
    });
  } catch (error) {
    if (!(error instanceof AppError) || !isClosedToBot(error)) throw error;
    parts.log.info({ err: error }, 'A shared answer was not posted: the channel is closed to the bot');
    return whisper.send(closedChannelView(error), new Map(), { replace: false });
  }
  if (request.page) await whisper.send(postedToYouView(), new Map(), { replace: true });
  if (ref && reply.command) await tellPosted(parts, request.interaction, reply.command, ref);
}

/**
 * The figures first: if the picture is not there almost at once and the answer can be rewritten, it goes out without
 * the picture and `send` is called again when Slack has processed it.
 */
async function inTwoSteps(
  parts: AnswerParts,
  view: View,
  mayRewrite: boolean,
  send: (pictures: Pictures, again: boolean) => Promise<void>,
): Promise<void> {
  const drawing = parts.makePictures(view);
  const pending = drawingPictures(view);
  if (pending.size === 0 || !mayRewrite) return send(await drawing, false);
  const ready = await Promise.race([drawing, parts.wait(PICTURE_PATIENCE).then(() => undefined)]);
  if (ready) return send(ready, false);
  await send(pending, false);
  await send(await drawing, true);
}
