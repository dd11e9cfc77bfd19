/** The same view in ever simpler layouts, so that a message Slack refuses still arrives. */
import type { ModalView } from '@slack/types';
import type { Logger } from '../../core/log.ts';
import type { View } from '../../view/elements.ts';
import { isLayoutRefused, slackDetails } from './errors.ts';
import { withoutPictures } from './pictures.ts';
import { renderMessage, renderPlain, type SlackMessage } from './render.ts';
import { type HomeView, renderHome, renderPlainHome } from './render-home.ts';
import type { Pictures } from './render-image.ts';

/** Full, then without pictures, then as plain text. */
export function layoutsOf(view: View, pictures: Pictures): SlackMessage[] {
  return [
    renderMessage(view, pictures),
    ...(hasPicture(pictures) ? [renderMessage(view, withoutPictures(pictures))] : []),
    renderPlain(view),
  ];
}

/** The same for the app's home. */
export function homeLayoutsOf(view: View, pictures: Pictures): HomeView[] {
  return [
    renderHome(view, pictures),
    ...(hasPicture(pictures) ? [renderHome(view, withoutPictures(pictures))] : []),
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
  for (const layout of layouts.slice(0, -1)) {
    try {
      return await send(layout);
    } catch (error) {
      if (!isLayoutRefused(error)) throw error;
      log.error(
        { err: error, details: slackDetails(error) },
        'Slack refused the layout of a message; a simpler one follows',
      );
    }
  }
  const plainest = layouts.at(-1);
  if (!plainest) throw new RangeError('There is no layout to send');
  return send(plainest);
}

function hasPicture(pictures: Pictures): boolean {
  return [...pictures.values()].some((picture) => picture.state === 'ready');
}
