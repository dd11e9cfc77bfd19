/** Says something to one person only, by whichever way is still open: response_url, ephemeral, direct message. */
import { AppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { View } from '../../view/elements.ts';
import type { Place, SlackApi, Wait } from './api.ts';
import { isPersonId } from './deliver.ts';
import { isClosedToBot, isLayoutRefused, slackCode } from './errors.ts';
import { layoutsOf, sendFirstAccepted } from './layouts.ts';
import { limits } from './limits.ts';
import type { SlackMessage } from './render.ts';
import type { Pictures } from './render-image.ts';
import { respondTo } from './response-url.ts';

export interface Whisper {
  /** Whether an earlier answer can still be rewritten. */
  canReplace(): boolean;
  /** Sends the first layout Slack takes; `replace` rewrites the clicked message or the last answer. */
  send(view: View, pictures: Pictures, options: { readonly replace: boolean }): Promise<void>;
}

export function createWhisper(parts: {
  readonly api: SlackApi;
  readonly log: Logger;
  readonly wait: Wait;
  readonly user: string;
  /** A channel, or a person's id for the direct messages with them. */
  readonly place: Place;
  readonly responseUrl: string | undefined;
}): Whisper {
  let usesLeft: number = parts.responseUrl ? limits.responseUrl.uses : 0;

  async function sendByUrl(message: SlackMessage, replace: boolean): Promise<void> {
    if (!parts.responseUrl || usesLeft <= 0)
      throw new AppError('LIMIT', 'This answer can no longer be sent by its URL.');
    usesLeft -= 1;
    try {
      const thread = parts.place.thread;
      await respondTo(parts.responseUrl, message, {
        replace,
        wait: parts.wait,
        ...(thread ? { thread } : {}),
      });
    } catch (error) {
      // A refused layout leaves the URL usable; anything else means it is gone.
      if (!isLayoutRefused(error)) usesLeft = 0;
      throw error;
    }
  }

  async function sendElsewhere(message: SlackMessage): Promise<void> {
    const { place, api, user } = parts;
    if (!isPersonId(place.channel)) {
      try {
        // Nobody else reads a direct conversation, and an ordinary message is still there tomorrow.
        if (!isDirect(place.channel)) return await api.postEphemeral(place, user, message);
        await api.postMessage(place, message, { urgency: 'person' });
        return;
      } catch (error) {
        if (!isClosedToBot(error)) throw error;
        parts.log.info(
          { code: slackCode(error) },
          'Answering by direct message: the channel is closed to the bot',
        );
      }
    }
    const channel = await api.openDirectMessage(user);
    await api.postMessage({ channel }, message, { urgency: 'person' });
  }

  return {
    canReplace: () => usesLeft > 0,
    async send(view, pictures, { replace }) {
      const layouts = layoutsOf(view, pictures);
      if (usesLeft > 0) {
        try {
          return await sendFirstAccepted(layouts, parts.log, (message) => sendByUrl(message, replace));
        } catch (error) {
          parts.log.warn(
            { err: error, code: slackCode(error) },
            'The response_url no longer works; answering another way',
          );
        }
      }
      await sendFirstAccepted(layouts, parts.log, sendElsewhere);
    },
  };
}

function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}
