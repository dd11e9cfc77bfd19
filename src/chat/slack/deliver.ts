/** Posts and rewrites messages that nobody asked for just now: reports, alerts, shared answers. */
import { AppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { View } from '../../view/elements.ts';
import type { Conversation, DeliverOptions, MessageRef } from '../types.ts';
import type { Place, SlackApi } from './api.ts';
import { slackCode } from './errors.ts';
import { cannotLook, findDelivered } from './find-delivered.ts';
import { createGroupMentions } from './group-mentions.ts';
import { layoutsOf, sendFirstAccepted } from './layouts.ts';
import type { Urgency } from './limiter.ts';
import type { MakePictures } from './pictures.ts';
import type { SlackMessage } from './render.ts';

export interface Delivery {
  deliver(target: Conversation, view: View, options?: DeliverOptions): Promise<MessageRef>;
  update(ref: MessageRef, view: View): Promise<void>;
  /** Posts the first layout Slack takes, for somebody who is waiting. */
  post(target: Conversation, layouts: readonly SlackMessage[]): Promise<MessageRef>;
  rewrite(ref: MessageRef, layouts: readonly SlackMessage[]): Promise<void>;
}

/**
 * Pictures are uploaded first, groups are looked up. All reject with UPSTREAM when Slack refuses; `update` with
 * NOT_FOUND when the message was removed.
 */
export function createDelivery(parts: {
  readonly api: SlackApi;
  readonly makePictures: MakePictures;
  readonly log: Logger;
  readonly now: () => number;
}): Delivery {
  const { api, makePictures, log, now } = parts;
  const nameGroups = createGroupMentions({ api, log, now });

  /** A person's id stands for the direct messages with that person, which have a channel of their own. */
  async function placeOf({ channel, thread }: Conversation): Promise<Place> {
    return {
      channel: isPersonId(channel) ? await api.openDirectMessage(channel) : channel,
      ...(thread ? { thread } : {}),
    };
  }

  async function send(
    place: Place,
    layouts: readonly SlackMessage[],
    options: { readonly urgency: Urgency; readonly key?: string },
  ): Promise<MessageRef> {
    const sent = await sendFirstAccepted(layouts, log, (message) => api.postMessage(place, message, options));
    return { platform: 'slack', channel: sent.channel, id: sent.ts };
  }

  async function rewrite(ref: MessageRef, layouts: readonly SlackMessage[], urgency: Urgency): Promise<void> {
    await sendFirstAccepted(layouts, log, (message) =>
      api.updateMessage(ref.channel, ref.id, message, urgency),
    );
  }

  return {
    async deliver(target, view, { key, mayBeThere } = {}) {
      const search = key !== undefined && mayBeThere === true;
      const place = await placeOf(target).catch((error: unknown) => {
        throw search ? cannotLook(error) : error;
      });
      if (search) {
        const ts = await findDelivered({ api, log }, { place, key, now: now() });
        if (ts) return { platform: 'slack', channel: place.channel, id: ts };
      }
      const named = await nameGroups(view);
      const layouts = layoutsOf(named, await makePictures(named));
      return send(place, layouts, { urgency: 'report', ...(key ? { key } : {}) });
    },
    async update(ref, view) {
      const named = await nameGroups(view);
      const layouts = layoutsOf(named, await makePictures(named));
      await rewrite(ref, layouts, 'report').catch(goneOr);
    },
    post: async (target, layouts) => send(await placeOf(target), layouts, { urgency: 'person' }),
    rewrite: (ref, layouts) => rewrite(ref, layouts, 'person'),
  };
}

/** A message that somebody removed, or that Slack lets nobody change any more, is NOT_FOUND. */
function goneOr(error: unknown): never {
  const code = slackCode(error) ?? '';
  if (!/^(message_not_found|cant_update_message|edit_window_closed|is_inactive)$/.test(code)) throw error;
  throw new AppError('NOT_FOUND', 'That message is not in Slack any more.', { cause: error });
}

/** Whether a "channel" is a person: commands and settings may name either. */
export function isPersonId(channel: string): boolean {
  return /^[UW][A-Z0-9]+$/.test(channel);
}
