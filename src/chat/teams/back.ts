/** The card of a message itself, for somebody who looked at something else in its place. */
import type { Interaction, Reply } from '../types.ts';
import type { AnswerParts } from './answer.ts';
import type { AdaptiveCard } from './card-types.ts';
import { renderCard } from './render.ts';
import type { Origin, Person } from './requests.ts';

/** Undefined when what the message shows is forgotten. A person with a view of their own gets that. Never rejects. */
export async function ownCard(
  parts: AnswerParts,
  person: Person,
  { messageId, conversation }: Origin,
): Promise<AdaptiveCard | undefined> {
  const view = messageId === undefined ? undefined : parts.delivery.view(messageId, conversation.channel);
  if (!view) return undefined;
  const { makePictures, dialogs } = parts;
  const mine = view.mine;
  const isDecider = mine?.people.some(({ teams }) => teams?.toLowerCase() === person.id) === true;
  const personal =
    isDecider && mine?.button.id
      ? await personalView(parts, {
          kind: 'button',
          buttonId: mine.button.id,
          actor: person,
          conversation,
        })
      : undefined;
  const shown = personal ? { elements: personal.elements } : view;
  return renderCard(shown, { pictures: await makePictures(shown), dialogs });
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
