/** Says something to one person by message: in the conversation, in their chat with the bot, or in the thread by name. */
import { AppError } from '../../core/errors.ts';
import { bold, type Form, text, type View } from '../../view/elements.ts';
import type { Conversation, MessageRef } from '../types.ts';
import { wordsView } from '../words.ts';
import type { AnswerParts } from './answer.ts';
import { isClosedToBot, isGone } from './refusal-words.ts';
import type { Request } from './requests.ts';
import { formMessage } from './send-form.ts';

/** How somebody who asked is answered. */
export interface Whisper {
  /** `replace`: in the place of what was clicked, where that touches nobody else. */
  send(view: View, options: { readonly replace: boolean }): Promise<void>;
  form(form: Form): Promise<void>;
  /** What was asked for is elsewhere; says so to somebody who waits for an answer. */
  done(words: string): Promise<void>;
}

/** For what was written, what comes too late for a click, and clicks of clients that only send messages. */
export function createWhisper(parts: AnswerParts, request: Request): Whisper {
  const { delivery, answered } = parts;
  const { interaction, origin, person } = request;
  // Somebody who asks aloud is answered aloud; a click is between the person and us.
  const aloud = interaction.kind === 'sentence' || interaction.kind === 'home';
  const alone = {
    platform: 'teams',
    ...(person.workspace && { workspace: person.workspace }),
    channel: person.id,
    direct: true,
  };

  async function post(target: Conversation, view: View): Promise<void> {
    answered.note(await delivery.post(target, view));
  }

  const inConversation = (view: View) => post(origin.conversation, view);
  const privately = (view: View) => post(alone, view);

  return {
    async send(view, { replace }) {
      const clicked = replace ? clickedAnswer(parts, request) : undefined;
      if (clicked)
        return firstOpen(parts, [() => delivery.rewrite(clicked, view), () => inConversation(view)]);
      if (!origin.shared) return inConversation(view);
      return aloud
        ? firstOpen(parts, [() => inConversation(view), () => privately(view)])
        : firstOpen(parts, [() => privately(view), () => inConversation(named(view, person.name))]);
    },

    async form(form) {
      if (!origin.shared) {
        await delivery.post(origin.conversation, await formMessage(parts, form, origin.conversation));
        return;
      }
      await firstOpen(parts, [
        async () => {
          // The form must know which chat it is in, and only a message that is there tells.
          const intro = wordsView(`Here is the form that you asked for: ${form.title}`);
          const { channel } = await delivery.post(alone, intro);
          const chat = { ...alone, channel };
          await delivery.post(chat, await formMessage(parts, form, chat));
        },
        () => inConversation(named(noFormView(), person.name)),
      ]);
    },

    done: async () => undefined,
  };
}

/** The message that may be rewritten for a click: an answer that nobody else reads. */
export function clickedAnswer(
  { answered }: Pick<AnswerParts, 'answered'>,
  { origin }: Request,
): MessageRef | undefined {
  const { messageId, shared, conversation } = origin;
  if (shared || !messageId) return undefined;
  const ref = { platform: 'teams', channel: conversation.channel, id: messageId };
  return answered.has(ref) ? ref : undefined;
}

/** The next way only where the one before is closed for certain: nothing is said twice. */
async function firstOpen(
  { log }: Pick<AnswerParts, 'log'>,
  ways: readonly [() => Promise<void>, () => Promise<void>],
): Promise<void> {
  const [first, second] = ways;
  try {
    await first();
  } catch (error) {
    if (!isClosed(error)) throw error;
    log.info({ err: error }, 'Answering another way: Teams did not take the message');
    await second();
  }
}

/** Nobody can be written to there: for certain, and not only for now. */
function isClosed(error: unknown): boolean {
  if (!(error instanceof AppError) || error.uncertain) return false;
  return error.code === 'NOT_FOUND' || isClosedToBot(error) || isGone(error);
}

/** Among others it must be said whom it is for; nobody is called by a mention for it. */
function named({ elements }: View, name: string | undefined): View {
  if (name === undefined) return { elements };
  return { elements: [{ kind: 'text', spans: [text('For '), bold(name), text(':')] }, ...elements] };
}

function noFormView(): View {
  return wordsView(
    'The form took too long to open, and Pennywatch cannot write to you alone.',
    'Click the button once more, or write to Pennywatch in a chat of your own first.',
  );
}
