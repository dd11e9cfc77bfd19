/** What an invoke is answered with, in Teams' shapes: a card or words in the message's place, or in a dialog. */
import type { AdaptiveCard } from './card-types.ts';
import { clip } from './clip.ts';
import { limits } from './limits.ts';
import type { InvokeAnswer } from './types.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';

/** Shows the card to the person who clicked, in the place of the message's own. */
export function cardAnswer(card: AdaptiveCard): InvokeAnswer {
  return { status: 200, body: { statusCode: 200, type: CARD, value: card } };
}

/** Says something beside the card, which stays as it is. */
export function toastAnswer(words: string): InvokeAnswer {
  return {
    status: 200,
    body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: words },
  };
}

/** The click cannot be understood (400) or answered (500); the card stays. */
export function errorAnswer(statusCode: 400 | 404 | 500, message: string): InvokeAnswer {
  const code = { 400: 'BadRequest', 404: 'NotFound', 500: 'InternalServerError' }[statusCode];
  return {
    status: 200,
    body: { statusCode, type: 'application/vnd.microsoft.error', value: { code, message } },
  };
}

/** Opens a dialog, or shows this in the one that is open. */
export function dialogAnswer(title: string, card: AdaptiveCard): InvokeAnswer {
  const { width, height, title: longest } = limits.dialog;
  const value = { title: clip(title, longest), width, height, card: { contentType: CARD, content: card } };
  return { status: 200, body: { task: { type: 'continue', value } } };
}

/** Closes the dialog and says this. */
export function dialogWords(words: string): InvokeAnswer {
  return { status: 200, body: { task: { type: 'message', value: words } } };
}

/** Closes the dialog without a word. */
export const closeDialog: InvokeAnswer = { status: 200 };

/** An invoke nobody here asked for. */
export function notImplemented(name: string | undefined): InvokeAnswer {
  return {
    status: 501,
    body: {
      error: {
        code: 'NotImplemented',
        message: `Pennywatch has no answer to "${(name ?? '').slice(0, 60)}".`,
      },
    },
  };
}

/** A request that cannot be understood, outside of a card. */
export function badRequest(message: string): InvokeAnswer {
  return { status: 400, body: { error: { code: 'BadRequest', message } } };
}
