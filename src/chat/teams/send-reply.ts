/** Sends one reply of the dispatcher to where it belongs. */
import { tellPosted } from '../tell-posted.ts';
import type { Reply } from '../types.ts';
import { wordsView } from '../words.ts';
import type { AnswerParts } from './answer.ts';
import type { Request } from './requests.ts';
import type { Whisper } from './whisper.ts';

type ReplyOf<Kind extends Reply['kind']> = Extract<Reply, { kind: Kind }>;

export async function sendReply(
  parts: AnswerParts,
  request: Request,
  whisper: Whisper,
  reply: Reply,
): Promise<void> {
  switch (reply.kind) {
    case 'private':
      return whisper.send(reply.view, { replace: reply.replace === true });
    case 'public':
      return sendPublic(parts, request, whisper, reply);
    case 'home':
      return sendHome(parts, request, reply);
    case 'form':
      return whisper.form(reply.form);
  }
}

async function sendPublic(
  parts: AnswerParts,
  request: Request,
  whisper: Whisper,
  { view, command }: ReplyOf<'public'>,
): Promise<void> {
  // Nobody asked for something that everybody reads.
  if (request.automatic) return whisper.done('');
  const { conversation } = request.interaction;
  const ref = await parts.delivery.post(conversation, view);
  parts.answered.note(ref);
  await whisper.done(conversation.thread ? 'Posted in this thread.' : 'Posted in this chat.');
  if (command) await tellPosted(parts, request.interaction, command, ref);
}

/** Somebody's home is theirs: asked for among others, it goes to their own chat. */
async function sendHome(
  { delivery }: AnswerParts,
  { origin, person }: Request,
  { view }: ReplyOf<'home'>,
): Promise<void> {
  if (!origin.shared) {
    await delivery.post(origin.conversation, view);
    return;
  }
  const { workspace } = origin.conversation;
  const alone = { platform: 'teams', ...(workspace && { workspace }), channel: person.id, direct: true };
  await delivery.post(alone, view);
  await delivery.post(
    origin.conversation,
    wordsView('Your home is in your own chat with Pennywatch: it shows what concerns you.'),
  );
}
