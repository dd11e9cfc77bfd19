/** The same view in ever simpler layouts, so that a message Slack refuses still arrives. */
import type { ModalView } from '@slack/types';
import type { Logger } from '../../core/log.ts';
import type { View } from '../../view/elements.ts';
import { withoutPictures } from '../chart-pictures.ts';
import { sendFirst } from '../first-accepted.ts';
import { isLayoutRefused, slackDetails } from './errors.ts';

import { renderMessage, renderPlain, type SlackMessage } from './render.ts';
import { type HomeView, renderHome, renderPlainHome } from './render-home.ts';
import type { Pictures } from './render-image.ts';

const REFUSED = 'Slack did not accept the picture';

/** Full, then without pictures, then as plain text. */
export function layoutsOf(view: View, pictures: Pictures): SlackMessage[] {
  return [
    renderMessage(view, pictures),
    ...(hasPicture(pictures) ? [renderMessage(view, withoutPictures(pictures, REFUSED))] : []),
    renderPlain(view),
  ];
}

/** The same for the app's home. */
export function homeLayoutsOf(view: View, pictures: Pictures): HomeView[] {
  return [
    renderHome(view, pictures),
    ...(hasPicture(pictures) ? [renderHome(view, withoutPictures(pictures, REFUSED))] : []),
    renderPlainHome(view),
  ];
}

/** The same for a dialog that shows an answer. */
export function panelLayoutsOf(view: View, pictures: Pictures, metadata: string): ModalView[] {
  return homeLayoutsOf(view, pictures).map(({ blocks }) => ({
    type: 'modal',
    private_metadata: metadata,
    title: { type: 'plain_text', text: 'Pennywatch', emoji: false },
    close: { type: 'plain_text', text: 'Close', emoji: false },
    blocks,
  }));
}

/** Sends the first layout Slack takes. Any refusal that is not about the layout is thrown at once. */
export async function sendFirstAccepted<Layout, Result>(
  layouts: readonly Layout[],
  log: Logger,
  send: (layout: Layout) => Promise<Result>,
): Promise<Result> {
  return sendFirst(layouts, refused, send);

  function refused(error: unknown): boolean {
    if (!isLayoutRefused(error)) return false;
    log.error(
      { err: error, details: slackDetails(error) },
      'Slack refused the layout of a message; a simpler one follows',
    );
    return true;
  }
}

function hasPicture(pictures: Pictures): boolean {
  return [...pictures.values()].some((picture) => picture.state === 'ready');
}
