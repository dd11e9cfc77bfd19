/**
 * Views of one's own, which Microsoft's local client does not have: as Teams does, asks the bot for the card of each
 * person whom a card names in `refresh`, and shows it to them alone.
 */
import * as z from 'zod';
import type { TeamsPerson } from '../sample-org/teams.ts';
import type { StreamEvent } from './history.ts';

const Message = z.looseObject({
  messageId: z.string(),
  postConversationId: z.string().optional(),
  attachments: z
    .array(
      z.looseObject({
        content: z.looseObject({
          refresh: z.object({ action: z.looseObject({}), userIds: z.array(z.string()) }).optional(),
        }),
      }),
    )
    .optional(),
});
const Answer = z.object({
  type: z.literal('application/vnd.microsoft.card.adaptive'),
  value: z.looseObject({}),
});

/** Clicks in the name of a person; resolves to the client's answer as JSON. */
export type Invoke = (invoke: object) => Promise<unknown>;

/** The event that shows the person their own card; undefined where the card has none for them, or the bot no answer. */
export async function personalView(
  event: StreamEvent,
  person: TeamsPerson,
  invoke: Invoke,
): Promise<StreamEvent | undefined> {
  const message = Message.safeParse(event.message);
  if (!message.success) return undefined;
  const { messageId, postConversationId, attachments: [card, ...others] = [] } = message.data;
  const refresh = card?.content.refresh;
  if (!card || !refresh?.userIds.includes(person.userId)) return undefined;
  const answer = Answer.safeParse(
    await invoke({
      name: 'adaptiveCard/action',
      from: { id: person.userId },
      conversation: { id: postConversationId ?? threadOf(event.actionConversationId ?? '', messageId) },
      replyToId: messageId,
      value: { action: refresh.action, trigger: 'automatic' },
    }),
  );
  if (!answer.success) return undefined;
  const attachments = [{ ...card, content: answer.data.value }, ...others];
  return { ...event, action: 'updateMessage', message: { ...event.message, messageId, attachments } };
}

/** A post of a channel is the first message of a thread of its own. */
function threadOf(conversation: string, messageId: string): string {
  return conversation.endsWith('@thread.tacv2') ? `${conversation};messageid=${messageId}` : conversation;
}
