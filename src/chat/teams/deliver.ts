/** Posts and rewrites messages: reports, alerts and shared answers, and what somebody is waiting for. */
import { AppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { View } from '../../view/elements.ts';
import type { Conversation, DeliverOptions, MessageRef } from '../types.ts';
import { createAddresses, type Place } from './addresses.ts';
import type { TeamsApi, Urgency } from './api.ts';
import type { ClientAbilities } from './client.ts';
import { findDelivered } from './find-delivered.ts';
import type { GraphMessages } from './graph-messages.ts';
import { layoutsOf, sendFirstAccepted } from './layouts.ts';
import { createOwnViews } from './own-views.ts';
import type { MakePictures } from './pictures.ts';
import { isGone } from './refusal-words.ts';
import type { RenderOptions } from './render.ts';
import { createShownViews } from './shown-views.ts';
import type { TeamsAddress, TeamsMemory, TeamsMessage } from './types.ts';

export interface Delivery {
  deliver(target: Conversation, view: View, options?: DeliverOptions): Promise<MessageRef>;
  update(ref: MessageRef, view: View): Promise<void>;
  /** For somebody who is waiting. A message is sent as it is, a view in the first layout Teams takes. */
  post(target: Conversation, message: View | TeamsMessage): Promise<MessageRef>;
  rewrite(ref: MessageRef, view: View): Promise<void>;
  /** What a message of ours shows, by its id and where it is; undefined when that is forgotten. */
  view(messageId: string, channel: string): View | undefined;
}

export interface DeliveryParts {
  readonly api: TeamsApi;
  readonly memory: TeamsMemory;
  readonly makePictures: MakePictures;
  readonly log: Logger;
  readonly now: () => number;
  /** Absent where messages cannot be looked up. */
  readonly graph?: GraphMessages | undefined;
  readonly client: ClientAbilities;
}

/**
 * All reject with UPSTREAM when Teams refuses and with CONFIG for a conversation it never told us of; `update` and
 * `rewrite` with NOT_FOUND when the message was removed.
 */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { api, memory, makePictures, log, now, graph, client } = parts;
  const { placeOf, placeOfMessage } = createAddresses({ api, memory });
  const shown = createShownViews();
  const ownViews = createOwnViews({ api, memory, log, now });

  async function send(place: Place, message: TeamsMessage, urgency: Urgency): Promise<MessageRef> {
    const { kind, channel, thread, address } = place;
    const id =
      kind === 'channel' && !thread
        ? await api.post(address, message, urgency)
        : await api.send(address, message, undefined, urgency);
    return refOf(place, channel, id);
  }

  async function sendView(
    place: Place,
    view: View,
    urgency: Urgency,
    options: Pick<RenderOptions, 'key' | 'repeat'> = {},
  ): Promise<MessageRef> {
    const layouts = await renderAll(place.address, view, options);
    const ref = await sendFirstAccepted(layouts, log, (message) => send(place, message, urgency));
    shown.keep(ref.channel, ref.id, view, options.key);
    return ref;
  }

  async function renderAll(
    address: TeamsAddress,
    view: View,
    options: Pick<RenderOptions, 'key' | 'repeat'>,
  ) {
    const [pictures, userIds] = await Promise.all([makePictures(view), ownViews.userIds(view, address)]);
    return layoutsOf(view, pictures, { ...client, userIds, ...options });
  }

  async function rewrite(ref: MessageRef, view: View, urgency: Urgency): Promise<void> {
    const { address } = await placeOfMessage(ref);
    // The card is replaced as a whole: without its key nobody would find the message again.
    const key = shown.key(ref.channel, ref.id);
    const layouts = await renderAll(address, view, key === undefined ? {} : { key });
    try {
      await sendFirstAccepted(layouts, log, (message) => api.update(address, ref.id, message, urgency));
    } catch (error) {
      if (!isGone(error)) throw error;
      throw new AppError('NOT_FOUND', 'That message is not in Teams any more.', { cause: error });
    }
    shown.keep(ref.channel, ref.id, view);
  }

  return {
    async deliver(target, view, { key, mayBeThere } = {}) {
      const search = key !== undefined && mayBeThere === true;
      let doubt = search;
      try {
        const place = await placeOf(target);
        const looked = search ? await findDelivered({ graph, log }, { place, key, now: now() }) : undefined;
        if (looked?.state === 'found') {
          shown.keep(place.channel, looked.id, view, key);
          return refOf(place, place.channel, looked.id);
        }
        doubt = looked?.state === 'unknown';
        const options = { ...(key === undefined ? {} : { key }), repeat: doubt };
        return await sendView(place, view, key === undefined ? 'report' : 'once', options);
      } catch (error) {
        throw doubt ? stillInDoubt(error) : error;
      }
    },
    update: (ref, view) => rewrite(ref, view, 'report'),
    async post(target, message) {
      const place = await placeOf(target);
      return 'elements' in message ? sendView(place, message, 'person') : send(place, message, 'person');
    },
    rewrite: (ref, view) => rewrite(ref, view, 'person'),
    view: (messageId, channel) => shown.find(channel, messageId),
  };
}

function refOf({ thread }: Place, channel: string, id: string): MessageRef {
  return { platform: 'teams', channel, id, ...(thread ? { thread } : {}) };
}

/** That this attempt did not arrive says nothing of the one before: whoever tries again must look again. */
function stillInDoubt(error: unknown): unknown {
  if (!(error instanceof AppError) || error.uncertain) return error;
  const { code, message, hint } = error;
  return new AppError(code, message, { ...(hint ? { hint } : {}), cause: error, uncertain: true });
}
