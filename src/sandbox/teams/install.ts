/** Installs the app in the conversations of the local client, as its page does when somebody opens one. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../core/errors.ts';
import { findConversation } from '../../store/chat-conversations.ts';
import type { Store } from '../../store/open.ts';

const PATIENCE = 60_000;

/** Resolves when the app knows the conversations, so that it can post there. Throws UPSTREAM when it does not learn of them. */
export async function installIn(
  conversations: readonly string[],
  client: string,
  store: Store,
): Promise<void> {
  for (const id of conversations) {
    const response = await fetch(`${client}/_debug/conversation/${encodeURIComponent(id)}/installation`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    if (!response.ok) throw refused(id, `the local client answers ${response.status}`);
  }
  const deadline = AbortSignal.timeout(PATIENCE);
  for (const id of conversations)
    while (!(await findConversation(store, 'teams', { id }))) {
      if (deadline.aborted) throw refused(id, 'Pennywatch was not told, or did not take it');
      await sleep(50);
    }
}

function refused(id: string, why: string): AppError {
  return new AppError(
    'UPSTREAM',
    `Pennywatch could not be installed in ${id} of the local Teams client: ${why}.`,
  );
}
