/** The part of the app's home that waits for its reader: anomalies, proposals, time limits, reports, what they may do. */
import type { ActionMode } from '../../core/action.ts';
import type { Day } from '../../core/day.ts';
import { parseScope } from '../../core/scope.ts';
import { bold, type Element, text } from '../elements.ts';
import { anomalyElements } from './home-anomalies.ts';
import { command, list, SHOWN, title } from './home-lines.ts';
import { proposalElements } from './home-proposals.ts';
import type { HomeMine } from './home-types.ts';
import { formatMoment, scopeTitle } from './scope-words.ts';

/** What waits for the reader. */
export function waitingElements(mine: HomeMine, today: Day): Element[] {
  return [...anomalyElements(mine, today), ...proposalElements(mine, today), ...limitElements(mine, today)];
}

function limitElements({ limits, timeZone }: HomeMine, today: Day): Element[] {
  if (limits.length === 0) return [];
  return [
    title('Until when it may run: ', ''),
    list(
      limits
        .slice(0, SHOWN)
        .map(({ scope, until }) => [
          bold(scopeTitle(parseScope(scope))),
          text(` until ${formatMoment(until, timeZone, today)}`),
        ]),
      limits.length - SHOWN,
    ),
    { kind: 'actions', buttons: [command('Time limits', 'ttl')] },
  ];
}

/** What the reader gets and may do, at the end. */
export function standingElements(mine: HomeMine): Element[] {
  const { reports, mayChange, mode } = mine;
  const told = reports
    .slice(0, SHOWN)
    .map(
      ({ scope, frequency, to }) =>
        `${scopeTitle(parseScope(scope))} ${frequency}${to === 'you' ? '' : ' in the team’s channel'}`,
    );
  const more = reports.length > SHOWN ? ` and ${reports.length - SHOWN} more` : '';
  return [
    title('Reports: ', told.length === 0 ? 'none yet' : `${told.join(', ')}${more}`),
    title('You may change ', `${mayChange.replace(/\.$/, '')}. ${MODE_WORDS[mode]}`),
    {
      kind: 'actions',
      buttons: [
        { label: 'Subscribe…', action: { do: 'form', form: 'subscribe', text: 'subscribe' } },
        command('Subscriptions', 'subscribe list'),
      ],
    },
  ];
}

const MODE_WORDS: Readonly<Record<ActionMode, string>> = {
  'dry-run': 'Actions are in dry-run: they are planned and shown, nothing is called.',
  approve: 'Actions run once somebody else has approved them.',
  live: 'Small actions run at once, larger ones once somebody else has approved them.',
};
