/** The root message of an anomaly from its facts, with its picture. */

import type { AnomalyState } from '../../core/anomaly.ts';
import { type Day, later } from '../../core/day.ts';
import { dayOfStamp } from '../../core/series.ts';
import type { AnomalyEventKind } from '../../store/anomaly-events.ts';
import type { Element, View } from '../../view/elements.ts';
import type { ProposalStanding } from '../../view/messages/anomaly-buttons.ts';
import { anomalyChart } from '../../view/messages/anomaly-chart.ts';
import { composeAnomalyRoot } from '../../view/messages/anomaly-root.ts';
import type { LastWord } from '../../view/messages/anomaly-state-words.ts';
import { anomalyFinding } from '../../view/messages/anomaly-words.ts';
import type { Context } from '../context.ts';
import { judgedSeries } from '../judged-series.ts';
import type { ThreadFacts } from './facts.ts';

/** Days that the picture shows. */
const CHART_DAYS = 60;

export function rootView(facts: ThreadFacts, chart: Element | undefined): View {
  const { anomaly, shown, answerable, events, today, timeZone } = facts;
  const { owner, why } = answerable;
  const said = lastWord(facts);
  const corrected = events.findLast(({ kind }) => kind === 'corrected')?.note;
  const proposal = events.findLast(({ kind, note }) => kind === 'proposal' && note !== undefined);
  return composeAnomalyRoot({
    anomaly: shown,
    today,
    timeZone,
    ownerWhy: why,
    ...(owner && { owner }),
    ...(said && { said }),
    ...(corrected !== undefined && { corrected }),
    ...(proposal?.note !== undefined && {
      proposal: { note: withoutStop(proposal.note), at: proposal.at, ...proposalStanding(proposal.data) },
    }),
    ...(anomaly.escalatedAt && { escalatedAt: anomaly.escalatedAt }),
    ...(anomaly.ticket !== undefined && { ticket: anomaly.ticket }),
    ...(chart && { chart }),
  });
}

/** Which proposal it is, whether it is open, and whether it can be undone, as its event says. */
function proposalStanding(data: Readonly<Record<string, unknown>> | undefined): ProposalStanding {
  const { proposal, status, undo } = data ?? {};
  return {
    ...(typeof proposal === 'number' && { id: proposal }),
    open: ['waiting', 'approved', 'running'].includes(String(status)),
    ...(typeof undo === 'string' && { undo }),
  };
}

/** Undefined when nothing is known to be drawn. */
export async function rootChart(
  context: Context,
  { anomaly, shown, today }: ThreadFacts,
): Promise<Element | undefined> {
  const end: Day = later(dayOfStamp(anomaly.judgedThrough), dayOfStamp(anomaly.lastStamp));
  const band = await judgedSeries(context, anomaly.path, { days: CHART_DAYS, end, found: anomaly });
  const changes = anomaly.explanation?.changes ?? [];
  const chart = band && anomalyChart(anomalyFinding(shown, today), band, { changes, today });
  return chart && { kind: 'chart', chart };
}

/** Events that say why it is in a state. */
const SAYING: Readonly<Record<AnomalyState, readonly AnomalyEventKind[]>> = {
  open: ['opened', 'reopened', 'woken'],
  acknowledged: ['acknowledged', 'feedback'],
  snoozed: ['snoozed'],
  expected: ['expected'],
  'no-data': ['no-data'],
  resolved: ['resolved', 'feedback', 'corrected'],
};

function lastWord({ anomaly, events, personOf }: ThreadFacts): LastWord | undefined {
  const event = events.findLast(({ kind }) => SAYING[anomaly.status].includes(kind));
  if (!event) return undefined;
  const by = personOf(event.actor);
  const reason = event.data?.reason;
  return {
    at: event.at,
    ...(by !== undefined && { by }),
    ...(typeof reason === 'string' && reason && { reason }),
  };
}

export function withoutStop(sentence: string): string {
  return sentence.replace(/\.\s*$/, '');
}
