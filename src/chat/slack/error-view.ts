/** What a person reads in Slack where an answer went elsewhere, or nowhere. */
import type { AppError } from '../../core/errors.ts';
import type { View } from '../../view/elements.ts';
import { wordsView } from '../words.ts';

/** The channel is closed to the bot, so the answer was not posted. */
export function closedChannelView(error: AppError): View {
  return wordsView('This was not posted: Pennywatch cannot write in this channel.', error.hint);
}

/** A page has no channel, so what was shared from it went to the person. */
export function postedToYouView(): View {
  return wordsView(
    'Posted in your direct messages with Pennywatch: this page belongs to no channel.',
    'To share it with others, ask in their channel.',
  );
}
