/** Bolt listeners: acknowledge first, then turn Slack's payload into an Interaction and answer it. */
import type { App, BlockAction, MessageShortcut } from '@slack/bolt';
import type { Logger } from '../../core/log.ts';
import type { Answer, Request } from './answer.ts';
import {
  type DirectMessage,
  directMessageRequest,
  type Envelope,
  homeRequest,
  mentionRequest,
  type Self,
  shortcutRequest,
} from './event-requests.ts';
import { readFormMetadata } from './form-metadata.ts';
import { BUTTON_PREFIX } from './render-actions.ts';
import { FORM_CALLBACK } from './render-form.ts';
import { buttonRequest, commandRequest, formRequest } from './requests.ts';
import { SHORTCUT_PREFIX } from './scopes.ts';
import type { IsNew } from './seen-events.ts';
import { misshapen } from './shape.ts';

export interface ReceiveParts {
  /** Runs after the acknowledgement, however long it takes. */
  readonly answer: Answer;
  readonly isNew: IsNew;
  /** Who we are; undefined when Slack does not say. */
  readonly self: () => Promise<Self | undefined>;
  readonly log: Logger;
}

/** Registers every listener. */
export function registerListeners(app: App, { answer, isNew, self, log }: ReceiveParts): void {
  dropMisshapen(app, log);

  app.use(async ({ context, ack, next }) => {
    if (context.replayed !== true) return next();
    log.warn({}, 'A replayed Slack request was dropped');
    if (ack) await (ack as () => Promise<void>)();
  });

  app.command(/.*/, async ({ ack, command }) => {
    await ack();
    await answer(commandRequest(command));
  });

  app.action<BlockAction>(
    { type: 'block_actions', action_id: new RegExp(`^${BUTTON_PREFIX}`) },
    async ({ ack, action, body }) => {
      await ack();
      if (action.type === 'button' && action.value) await answer(buttonRequest(action.value, body));
    },
  );

  app.view(FORM_CALLBACK, async ({ ack, body }) => {
    await ack();
    const metadata = readFormMetadata(body.view.private_metadata);
    if (metadata) return answer(formRequest(metadata, body));
    log.warn({ view: body.view.id }, 'A Slack dialog came back without its metadata');
  });

  app.shortcut<MessageShortcut>(
    { type: 'message_action', callback_id: new RegExp(`^${SHORTCUT_PREFIX}`) },
    async ({ ack, shortcut }) => {
      await ack();
      const request = shortcutRequest(shortcut, await self());
      if (request) await answer(request);
    },
  );

  // Bolt acknowledges events before it calls a listener.
  app.event('app_mention', ({ event, body }) => answerOnce(body, mentionRequest(event, body)));
  app.event('app_home_opened', ({ event, body }) => answerOnce(body, homeRequest(event, body)));
  app.event('message', ({ event, body }) =>
    answerOnce(body, directMessageRequest(event as DirectMessage, body)),
  );

  app.error(async (error) => {
    log.error({ err: error }, 'A Slack request could not be handled');
  });

  async function answerOnce({ event_id }: Envelope, request: Request | undefined): Promise<void> {
    if (!request) return;
    if (!event_id || isNew(event_id)) return answer(request);
    log.info({ event: event_id }, 'Slack sent an event again; it is answered once');
  }
}

/**
 * What is broken, or of a kind nobody here asked for, is acknowledged and goes no further: Bolt would stumble over it, or
 * leave the sender waiting.
 */
function dropMisshapen(app: App, log: Logger): void {
  const processEvent = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    const problem = misshapen(event.body);
    if (problem === undefined) return processEvent(event);
    log.warn({ problem }, 'A Slack request was dropped: it has another shape than Slack gives it');
    await event.ack();
  };
}
