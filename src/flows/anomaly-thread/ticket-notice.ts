/** What a ticket about an anomaly says, in plain text. */
import type { TicketNotice } from '../../notify/types.ts';
import { anomalyFinding, anomalyId, anomalyRates, stateLine } from '../../view/messages/anomaly-words.ts';
import { anomalyAsData } from './as-data.ts';
import type { ThreadFacts } from './facts.ts';

export function ticketNotice(facts: ThreadFacts): TicketNotice {
  const { anomaly, shown, answerable, today, timeZone } = facts;
  const { owner, why } = answerable;
  return {
    label: `pennywatch-anm-${anomaly.id}`,
    title: `${anomalyId(anomaly.id)}: ${anomalyFinding(shown, today)}`,
    paragraphs: [
      anomalyRates(shown),
      ...(shown.why ? [`Why: ${shown.why}`] : []),
      `${owner ? `Owner: ${owner.name} (${why})` : `Owner: ${why}`}. Severity: ${anomaly.severity}. ${stateLine(shown, timeZone, today)}.`,
      `Found by Pennywatch as ${anomalyId(anomaly.id)} (${anomaly.scope}). See it in chat: why ${anomalyId(anomaly.id)}`,
    ],
    data: anomalyAsData(facts),
  };
}
