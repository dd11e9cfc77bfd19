/** Which command's answer a message of ours in a channel is. */
import type { Store } from './open.ts';

export interface PostedAnswer {
  readonly platform: string;
  readonly channel: string;
  readonly messageId: string;
  readonly command: string;
  readonly createdAt: Date;
}

/** Writes it down; a message that was rewritten is the newest command's answer. */
export async function savePostedAnswer(store: Store, answer: PostedAnswer): Promise<void> {
  const { platform, channel, messageId, command, createdAt } = answer;
  const key = { platform, channel, messageId };
  await store.postedAnswer.upsert({
    where: { platform_channel_messageId: key },
    create: { ...key, command, createdAt },
    update: { command, createdAt },
  });
}

/** The command that a message answers; undefined for anybody else's message. */
export async function findPostedCommand(
  store: Store,
  message: { readonly platform: string; readonly channel: string; readonly messageId: string },
): Promise<string | undefined> {
  const { platform, channel, messageId } = message;
  const row = await store.postedAnswer.findUnique({
    where: { platform_channel_messageId: { platform, channel, messageId } },
  });
  return row?.command;
}

/** Forgets what was posted before `before`; how many there were. */
export async function forgetPostedAnswers(store: Store, before: Date): Promise<number> {
  return (await store.postedAnswer.deleteMany({ where: { createdAt: { lt: before } } })).count;
}
