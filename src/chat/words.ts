/** What a person reads on any platform when a request could not be answered: never a stack trace, always what to do. */
import type { AppError } from '../core/errors.ts';
import { text, type View } from '../view/elements.ts';

/** A user's mistake or a refusal, in its own words. */
export function refusalView(error: AppError): View {
  return wordsView(error.message, error.hint);
}

/** Our own mistake: the reference leads to the cause in the log. */
export function unexpectedView(reference: string): View {
  return wordsView(
    `Pennywatch could not answer: an unexpected error on our side (reference ${reference}).`,
    'Try again. If it happens again, give the reference to whoever runs Pennywatch: the log has the cause under it.',
  );
}

/** A paragraph each. */
export function wordsView(...lines: readonly (string | undefined)[]): View {
  return {
    elements: lines
      .filter((line) => line !== undefined)
      .map((line) => ({ kind: 'text', spans: [text(line)] })),
  };
}
