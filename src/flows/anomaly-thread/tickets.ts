/** Tickets about anomalies: asked for once, made through the outbox, noted when they are there. */
import type { MessageRef } from '../../chat/types.ts';
import { type Actor, actorKey } from '../../core/actor.ts';
import { AppError } from '../../core/errors.ts';
import { pathScope } from '../../core/scope-path.ts';
import type { TicketNotice } from '../../notify/types.ts';
import { readAnomaly, setTicket } from '../../store/anomalies.ts';
import { appendAnomalyEvents } from '../../store/anomaly-events.ts';
import { ticketMessage, ticketsMade } from '../../store/anomaly-tickets.ts';
import { appendAudit } from '../../store/audit.ts';
import { enqueue } from '../../store/outbox.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import { anomalyFinding, anomalyId, anomalyRates, stateLine } from '../../view/messages/anomaly-words.ts';
import type { Context } from '../context.ts';
import { demand } from '../standing.ts';
import { anomalyAsData } from './as-data.ts';
import { readFacts, type ThreadFacts } from './facts.ts';
import { syncQuietly } from './sync.ts';

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
    const view = JSON.stringify(noticeOf(facts));
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

function noticeOf(facts: ThreadFacts): TicketNotice {
  const { anomaly, shown, answerable, today, timeZone } = facts;
  const { owner, why } = answerable;
  return {
    label: `pennywatch-anm-${anomaly.id}`,
    title: `${anomalyId(anomaly.id)}: ${anomalyFinding(shown, today)}`,
    paragraphs: [
      anomalyRates(shown),
      ...(shown.why ? [`Why: ${shown.why}`] : []),
      `${owner ? `Owner: ${owner.name} (${why})` : `Owner: ${why}`}. Severity: ${anomaly.severity}. ${stateLine(shown, timeZone, today)}.`,
      `Found by Pennywatch as ${anomalyId(anomaly.id)} (${anomaly.scope}). See it in chat: /cost why ${anomalyId(anomaly.id)}`,
    ],
    data: anomalyAsData(facts),
  };
}

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
