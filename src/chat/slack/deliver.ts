/** Posts and rewrites messages that nobody asked for just now: reports, alerts, shared answers. */
import type { Logger } from '../../core/log.ts';
import type { View } from '../../view/elements.ts';
import type { Conversation, MessageRef } from '../types.ts';
import type { SlackApi } from './api.ts';
import { layoutsOf, sendFirstAccepted } from './layouts.ts';
import type { MakePictures } from './pictures.ts';

export interface Delivery {
  deliver(target: Conversation, view: View): Promise<MessageRef>;
  update(ref: MessageRef, view: View): Promise<void>;
}

/** Pictures are uploaded first. Both reject with UPSTREAM when Slack refuses. */
export function createDelivery(parts: {
  readonly api: SlackApi;
  readonly makePictures: MakePictures;
  readonly log: Logger;
}): Delivery {
  return {
    async deliver(target, view) {
      const layouts = layoutsOf(view, await parts.makePictures(view));
      const sent = await sendFirstAccepted(layouts, parts.log, (message) =>
        parts.api.postMessage(target, message),
      );
      return { platform: 'slack', channel: sent.channel, id: sent.ts };
    },
    async update(ref, view) {
      const layouts = layoutsOf(view, await parts.makePictures(view));
      await sendFirstAccepted(layouts, parts.log, (message) =>
        parts.api.updateMessage(ref.channel, ref.id, message),
      );
    },
  };
}
