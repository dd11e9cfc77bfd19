/** Tells the dispatcher where an answer that everybody sees was posted, so that it can be found again. */
import type { Logger } from '../core/log.ts';
import type { Dispatch, Interaction, MessageRef } from './types.ts';

/** The message stands whatever becomes of this, so a failure is for the log only. */
export async function tellPosted(
  { dispatch, log }: { readonly dispatch: Dispatch; readonly log: Logger },
  { actor, conversation }: Interaction,
  command: string,
  ref: MessageRef,
): Promise<void> {
  try {
    await dispatch({
      kind: 'posted',
      command,
      messageId: ref.id,
      actor,
      conversation: { ...conversation, channel: ref.channel },
    });
  } catch (error) {
    log.error({ err: error, command }, 'Where an answer was posted could not be remembered');
  }
}
