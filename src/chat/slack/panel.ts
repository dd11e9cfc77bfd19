/** Answers a click on a page (the app's home, or an earlier answer in a dialog) in a dialog over it. */
import type { Logger } from '../../core/log.ts';
import type { Conversation } from '../types.ts';
import type { SlackApi } from './api.ts';
import { slackCode } from './errors.ts';
import { writeFormMetadata } from './form-metadata.ts';
import { panelLayoutsOf, sendFirstAccepted } from './layouts.ts';
import type { Whisper } from './whisper.ts';

/** `viewId`: the dialog that was clicked in. `otherwise` speaks when Slack no longer opens a dialog. */
export function createPanel(parts: {
  readonly api: SlackApi;
  readonly log: Logger;
  readonly trigger: string | undefined;
  readonly viewId: string | undefined;
  /** Where what is clicked in the dialog is said. */
  readonly conversation: Conversation;
  readonly otherwise: Whisper;
}): Whisper {
  const { api, log, otherwise } = parts;
  const metadata = writeFormMetadata({ conversation: parts.conversation });
  let open = parts.viewId;
  let trigger = parts.trigger;

  return {
    canReplace: () => open !== undefined || trigger !== undefined,
    async send(view, pictures, options) {
      const layouts = panelLayoutsOf(view, pictures, metadata);
      try {
        const id = open;
        if (id) return await sendFirstAccepted(layouts, log, (panel) => api.updateView(id, panel));
        const once = trigger;
        if (once) {
          open = await sendFirstAccepted(layouts, log, (panel) => api.openView(once, panel));
          return;
        }
      } catch (error) {
        // Somebody who has closed the dialog does not wait for its picture.
        if (open && slackCode(error) === 'not_found') return;
        trigger = undefined;
        log.info({ err: error }, 'Answering a click on a page by message: no dialog could be opened');
      }
      await otherwise.send(view, pictures, options);
    },
  };
}
