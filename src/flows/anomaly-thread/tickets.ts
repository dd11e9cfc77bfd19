/** Tickets about anomalies: asked for once, made through the outbox. */
import { type Actor, actorKey } from '../../core/actor.ts';
import { AppError } from '../../core/errors.ts';
import { pathScope } from '../../core/scope-path.ts';
import { readAnomaly } from '../../store/anomalies.ts';
import { ticketMessage } from '../../store/anomaly-tickets.ts';
import { appendAudit } from '../../store/audit.ts';
import { enqueue } from '../../store/outbox.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import { anomalyId } from '../../view/messages/anomaly-words.ts';
import type { Context } from '../context.ts';
import { demand } from '../standing.ts';
import { readFacts } from './facts.ts';
import { ticketNotice } from './ticket-notice.ts';

export interface TicketAnswer {
  /** asked: it is being made. waiting: somebody asked before. made: it is there. */
  readonly state: 'asked' | 'waiting' | 'made';
  /** Where it is. */
  readonly ticket?: string;
  /** Of one that waits: why it could not be made yet. */
  readonly trouble?: string;
}

/**
 * Has a ticket made, one per anomaly whoever asks. Throws INVALID when no ticket system is set up, NOT_FOUND for no
 * such anomaly, FORBIDDEN for somebody who may not decide about it.
 */
export async function askForTicket(context: Context, actor: Actor, id: number): Promise<TicketAnswer> {
  const { store, settings } = context;
  const { tickets } = settings.integrations;
  if (!tickets)
    throw new AppError('INVALID', 'No ticket system is set up here.', {
      hint: 'An admin names one under integrations.tickets in pennywatch.yaml: Jira, or a webhook.',
    });
  const facts = await readFacts(context, id);
  if (!facts)
    throw new AppError('NOT_FOUND', `There is no anomaly ${anomalyId(id)}.`, {
      hint: 'See them: anomalies all.',
    });
  const at = new Date(context.now());
  return store.$transaction(async (tx): Promise<TicketAnswer> => {
    await lockForWriting(tx);
    const scope = pathScope(facts.anomaly.path);
    const { team } = facts.answerable;
    await demand({ store: tx, settings }, actor, {
      kind: 'anomaly',
      scope,
      ...(team !== undefined && { team }),
    });
    const ticket = (await readAnomaly(tx, id))?.ticket;
    if (ticket !== undefined) return { state: 'made', ticket };
    const key = `anomaly:${id}:ticket tickets:${tickets.kind}`;
    const before = await ticketMessage(tx, key, at);
    if (before) return { state: 'waiting', ...(before.error !== undefined && { trouble: before.error }) };
    const view = JSON.stringify(ticketNotice(facts));
    const about = `ticket of ${anomalyId(id)}`;
    await enqueue(
      tx,
      [
        {
          key,
          about,
          platform: 'tickets',
          channel: tickets.kind === 'jira' ? 'Jira' : 'ticket webhook',
          view,
        },
      ],
      at,
    );
    await appendAudit(tx, {
      at,
      actor: actorKey(actor),
      action: 'anomaly.ticket',
      subject: `anomaly:${id}`,
    });
    return { state: 'asked' };
  });
}
