/** Notes tickets that were made, and shows them in their threads. */
import type { MessageRef } from '../../chat/types.ts';
import { readAnomaly, setTicket } from '../../store/anomalies.ts';
import { appendAnomalyEvents } from '../../store/anomaly-events.ts';
import { ticketsMade } from '../../store/anomaly-tickets.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { Context } from '../context.ts';
import { syncQuietly } from './sync.ts';

/** Writes down where tickets are that were made since, and shows them in their threads. May be called at any time. */
export async function noteTickets(context: Context): Promise<void> {
  const { store } = context;
  const at = new Date(context.now());
  for (const { anomalyId: id, ref } of await ticketsMade(store)) {
    const { id: ticket } = JSON.parse(ref) as MessageRef;
    const noted = await store.$transaction(async (tx) => {
      await lockForWriting(tx);
      if ((await readAnomaly(tx, id))?.ticket !== undefined) return false;
      await setTicket(tx, id, ticket, at);
      await appendAnomalyEvents(tx, [
        { anomalyId: id, at, actor: 'system:tickets', kind: 'ticket', note: ticket },
      ]);
      return true;
    });
    if (noted) await syncQuietly(context, id);
  }
}
