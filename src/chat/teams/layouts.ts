/** The same view in ever simpler layouts, so that a message Teams refuses still arrives. */
import type { Logger } from '../../core/log.ts';
import type { View } from '../../view/elements.ts';
import { withoutPictures } from '../chart-pictures.ts';
import { sendFirst } from '../first-accepted.ts';
import type { Pictures } from './pictures.ts';
import { isLayoutRefused, refusalFacts } from './refusal-words.ts';
import { type RenderOptions, renderMessage, renderPlain } from './render.ts';
import type { TeamsMessage } from './types.ts';

const REFUSED = 'Teams did not accept the picture';

/** Full, then without pictures, then as plain text. */
export function layoutsOf(view: View, pictures: Pictures, options: RenderOptions = {}): TeamsMessage[] {
  const hasPicture = [...pictures.values()].some(({ state }) => state === 'ready');
  return [
    renderMessage(view, { ...options, pictures }),
    ...(hasPicture
      ? [renderMessage(view, { ...options, pictures: withoutPictures(pictures, REFUSED) })]
      : []),
    renderPlain(view, options),
  ];
}

/** Sends the first layout Teams takes. Any refusal that is not about the layout is thrown at once. */
export async function sendFirstAccepted<Result>(
  layouts: readonly TeamsMessage[],
  log: Logger,
  send: (layout: TeamsMessage) => Promise<Result>,
): Promise<Result> {
  return sendFirst(layouts, refused, send);

  function refused(error: unknown): boolean {
    if (!isLayoutRefused(error)) return false;
    log.error(
      { err: error, ...refusalFacts(error) },
      'Teams refused the layout of a message; a simpler one follows',
    );
    return true;
  }
}
