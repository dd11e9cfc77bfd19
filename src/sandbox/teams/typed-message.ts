/** What somebody typed in a page of the local client, in the form in which the client tells of messages. */
import * as z from 'zod';

const Sent = z.object({
  from: z.object({ id: z.string() }),
  text: z.string(),
  textFormat: z.string().optional(),
  mentions: z.array(z.unknown()).optional(),
});
const Taken = z.object({
  messageId: z.string(),
  timestamp: z.number(),
  postConversationId: z.string().optional(),
});

/** From what the page sent and the client answered, as JSON texts; undefined where they are something else. */
export function typedMessage(conversation: string, sent: string, answer: string): string | undefined {
  const said = Sent.safeParse(JSON.parse(sent));
  const taken = Taken.safeParse(JSON.parse(answer));
  if (!said.success || !taken.success) return undefined;
  const { from, text, textFormat = 'plain', mentions = [] } = said.data;
  return JSON.stringify({
    action: 'createMessage',
    actionConversationId: conversation,
    message: { ...taken.data, from, text, textFormat, attachments: [], attachmentLayout: 'list', mentions },
  });
}
