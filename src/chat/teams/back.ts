/** The card of a message itself, for somebody who looked at something else in its place. */

import type { View } from '../../view/elements.ts';
import type { Interaction, Reply } from '../types.ts';
import type { AnswerDelivery, AnswerParts } from './answer.ts';
import type { AdaptiveCard } from './card-types.ts';
import { renderCard } from './render.ts';
import type { Origin, Person } from './requests.ts';

/** What everybody sees. Undefined when that is forgotten. */
export async function sharedCard(
  { delivery, makePictures, client }: AnswerParts,
  origin: Origin,
): Promise<AdaptiveCard | undefined> {
  const view = shownView(delivery, origin);
  return view && renderCard(view, { ...client, pictures: await makePictures(view) });
}

/** The same, or the person's own view of the message where they have one. */
export async function ownCard(
  parts: AnswerParts,
  person: Person,
  origin: Origin,
): Promise<AdaptiveCard | undefined> {
  const mine = shownView(parts.delivery, origin)?.mine;
  const isDecider = mine?.people.some(({ teams }) => teams?.toLowerCase() === person.id) === true;
  if (!isDecider || !mine.button.id) return sharedCard(parts, origin);
  const { conversation } = origin;
  const asked = { kind: 'button', buttonId: mine.button.id, actor: person, conversation } as const;
  const personal = await personalView(parts, asked);
  return personal ? personalCard(parts, personal, false) : sharedCard(parts, origin);
}

/** What is answered in somebody's name is theirs already: nobody is asked for another view of it. */
export async function personalCard(
  { makePictures, client }: AnswerParts,
  { elements }: View,
  back: boolean,
): Promise<AdaptiveCard> {
  return renderCard({ elements }, { ...client, pictures: await makePictures({ elements }), back });
}

function shownView({ view }: AnswerDelivery, { messageId, conversation }: Origin): View | undefined {
  return messageId === undefined ? undefined : view(messageId, conversation.channel);
}

/** Whoever may not see it any more, or meets an error, sees what all see. */
async function personalView(parts: AnswerParts, interaction: Interaction) {
  try {
    return (await parts.dispatch(interaction)).find(isReplacing)?.view;
  } catch (error) {
    parts.log.warn({ err: error }, "Somebody's own view of a Teams message could not be made");
    return undefined;
  }
}

function isReplacing(reply: Reply): reply is Extract<Reply, { kind: 'private' }> {
  return reply.kind === 'private' && reply.replace === true;
}
