/** What a person reads when a request could not be answered: never a stack trace, always what to do. */
import type { AppError } from '../../core/errors.ts';
import { text, type View } from '../../view/elements.ts';

/** A user's mistake or a refusal, in its own words. */
export function refusalView(error: AppError): View {
  return sentences(error.message, error.hint);
}

/** Our own mistake: the reference leads to the cause in the log. */
export function unexpectedView(reference: string): View {
  return sentences(
    `Pennywatch could not answer: an unexpected error on our side (reference ${reference}).`,
    'Try again. If it happens again, give the reference to whoever runs Pennywatch: the log has the cause under it.',
  );
}

/** Teams did not say who wrote: a guest without an account, another bot, a webhook. */
export function nobodyView(): View {
  return sentences(
    'Pennywatch cannot answer this: Teams did not say who you are.',
    'It shows costs to members of the organisation only. Sign in to Teams with your work account and ask again.',
  );
}

/** Something to read where the answer itself is elsewhere. */
export function wordsView(...lines: readonly string[]): View {
  return sentences(...lines);
}

function sentences(...lines: readonly (string | undefined)[]): View {
  return {
    elements: lines
      .filter((line) => line !== undefined)
      .map((line) => ({ kind: 'text', spans: [text(line)] })),
  };
}
