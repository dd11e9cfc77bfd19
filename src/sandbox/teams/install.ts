/** Installs the app in the conversations of the local client, as its page does when somebody opens one. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../core/errors.ts';
import type { RunningServer } from '../../main.ts';
import { findConversation } from '../../store/chat-conversations.ts';

export type Installed = Pick<RunningServer, 'url' | 'context' | 'threads'>;

const PATIENCE = 20_000;

/** Resolves when the app knows the conversations, so that it can post there. Throws UPSTREAM when it does not learn of them. */
export async function installIn(
  conversations: readonly string[],
  client: string,
  { context, threads }: Installed,
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
    while (!(await findConversation(context.store, 'teams', { id }))) {
      // A thread that has nothing to do sleeps, and what it left to be written waits.
      await threads.run('settle', null);
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
