/** What is chosen from a message's menu: "share" and "pin", as Teams' message extension sends them. */
import { z } from 'zod';
import { type ChosenMessage, MESSAGE_SHORTCUTS } from '../types.ts';
import { wordsOfCard } from './card-words.ts';
import { cleanText, tidy } from './mentions.ts';
import { isMessageId, isSafeId, originOf, type Person, type Request } from './requests.ts';
import type { TeamsActivity } from './types.ts';

/** Ids of the commands in the app's manifest begin so. */
export const COMMAND_PREFIX = 'pennywatch_';
const LONGEST = 12_000;

const Someone = z.object({ id: z.string().max(200).optional(), displayName: z.string().max(200).nullish() });

const Chosen = z.object({
  commandId: z.string().max(100),
  messagePayload: z.object({
    id: z.string().refine(isMessageId),
    replyToId: z.string().refine(isMessageId).nullish(),
    subject: z.string().nullish(),
    from: z.object({ user: Someone.nullish(), application: Someone.nullish() }).nullish(),
    body: z.object({ content: z.string().nullish() }).nullish(),
    attachments: z
      .array(z.object({ contentType: z.string().nullish(), content: z.unknown() }))
      .max(50)
      .nullish(),
    mentions: z
      .array(z.object({ id: z.number(), mentioned: z.object({ application: Someone.nullish() }).nullish() }))
      .max(100)
      .nullish(),
  }),
});
type Payload = z.infer<typeof Chosen>['messagePayload'];

/** Undefined for a command or a message that is not as Teams sends them. Public answers go to the message's thread. */
export function shortcutRequest(activity: TeamsActivity, person: Person): Request | undefined {
  const chosen = Chosen.safeParse(activity.value);
  if (!chosen.success) return undefined;
  const { commandId, messagePayload } = chosen.data;
  const shortcut = MESSAGE_SHORTCUTS.find((name) => `${COMMAND_PREFIX}${name}` === commandId);
  if (!shortcut) return undefined;
  const { messageId: _, ...origin } = originOf(activity);
  const inChannel = activity.conversation.conversationType === 'channel';
  const thread = origin.conversation.thread ?? messagePayload.replyToId ?? messagePayload.id;
  const conversation = { ...origin.conversation, ...(inChannel && { thread }) };
  return {
    interaction: {
      kind: 'shortcut',
      shortcut,
      message: chosenMessage(messagePayload, activity.recipient.id),
      actor: person,
      conversation,
    },
    origin: { ...origin, conversation },
    person,
  };
}

function chosenMessage(payload: Payload, bot: string): ChosenMessage {
  const { id, from } = payload;
  const ours = isBot(from?.application?.id, bot);
  const author = from?.user?.id?.toLowerCase();
  const name = from?.user?.displayName ?? from?.application?.displayName;
  return {
    id,
    text: wordsOf(payload, bot),
    ...(!ours && author && isSafeId(author) && { author }),
    ...(!ours && name && { authorName: name }),
  };
}

/** Teams calls a bot by its app's id, with "28:" before it in conversations. */
function isBot(application: string | undefined, bot: string): boolean {
  return application !== undefined && application.replace(/^28:/, '') === bot.replace(/^28:/, '');
}

function wordsOf({ subject, body, attachments, mentions }: Payload, bot: string): string {
  const ourMentions = (mentions ?? [])
    .filter(({ mentioned }) => isBot(mentioned?.application?.id, bot))
    .map(({ id }) => id);
  const html = (body?.content ?? '')
    .slice(0, LONGEST * 2)
    .replace(/<at id="(\d{1,4})">([^<]*)<\/at>/g, (_, id: string, name: string) =>
      ourMentions.includes(Number(id)) ? ' ' : `@${name}`,
    );
  const cards = (attachments ?? [])
    .filter(({ contentType }) => contentType === 'application/vnd.microsoft.card.adaptive')
    .map(({ content }) => wordsOfCard(content));
  const lines = [cleanText(subject ?? ''), cleanText(html), ...cards].map(tidy);
  return lines
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, LONGEST);
}
