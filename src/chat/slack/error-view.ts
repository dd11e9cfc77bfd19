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

/** The channel is closed to the bot, so the answer was not posted. */
export function closedChannelView(error: AppError): View {
  return sentences('This was not posted: Pennywatch cannot write in this channel.', error.hint);
}

/** A page has no channel, so what was shared from it went to the person. */
export function postedToYouView(): View {
  return sentences(
    'Posted in your direct messages with Pennywatch: this page belongs to no channel.',
    'To share it with others, ask in their channel.',
  );
}

function sentences(...lines: readonly (string | undefined)[]): View {
  return {
    elements: lines
      .filter((line) => line !== undefined)
      .map((line) => ({ kind: 'text', spans: [text(line)] })),
  };
}
