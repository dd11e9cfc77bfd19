/** Who gets which report, as messages. */
import { parseScope, type Scope } from '../../core/scope.ts';
import { type Button, bold, type Element, type Span, text, type View } from '../elements.ts';
import { countOf } from '../format.ts';
import { scopeTitle, scopeWord } from './scope-words.ts';

export interface DeliveryShown {
  readonly scope: string;
  readonly frequency: string;
  readonly kind: 'channel' | 'person';
  /** "here", "you", or how the channel or person is called. */
  readonly place: string;
  readonly by: 'subscription' | 'team';
  /** Whether it goes to the channel this is shown in, or to the reader. */
  readonly mine?: 'here' | 'me';
}

/** When reports are posted, in words: "on Mondays at 09:00", and whose clock that is. */
export interface ReportTimes {
  readonly weekly: string;
  readonly daily: string;
  readonly zone: string;
}

const SHOWN = 30;

export function composeSubscribed(input: {
  outcome: 'added' | 'already' | 'switched-on';
  scope: Scope;
  frequency: 'weekly' | 'daily';
  to: 'here' | 'me';
  /** The report comes by itself, because the channel is the team's in pennywatch.yaml. */
  ownChannel: boolean;
  times: ReportTimes;
}): View {
  const { outcome, scope, frequency, to, ownChannel, times } = input;
  const who = to === 'here' ? 'This channel' : 'You';
  const [gets, got] = to === 'here' ? ['gets', 'gets'] : ['get', 'get'];
  const report = `the ${frequency} report of ${scopeTitle(scope)}`;
  const spans: Span[] =
    outcome === 'already'
      ? [
          bold(`${who} already ${got} ${report}.`),
          text(
            ownChannel
              ? " It comes by itself: pennywatch.yaml says that this is the team's channel. Nothing was changed."
              : ' Nothing was changed.',
          ),
        ]
      : [
          bold(`${who} now ${gets} ${report}${outcome === 'switched-on' ? ' again' : ''}`),
          text(`, ${times[frequency]} (${times.zone})${to === 'me' ? ', as a direct message' : ''}.`),
        ];
  return {
    elements: [
      { kind: 'text', spans },
      {
        kind: 'actions',
        buttons: [
          ...(frequency === 'weekly' && outcome === 'already'
            ? [command('Daily as well', `subscribe ${scopeWord(scope)} daily ${to}`)]
            : []),
          command('End it', `unsubscribe ${scopeWord(scope)} ${frequency} ${to}`),
          command('All subscriptions', 'subscribe list'),
        ],
      },
    ],
  };
}

export function composeUnsubscribed(input: {
  scope: Scope;
  ended: readonly { readonly frequency: string; readonly by: 'subscription' | 'team' }[];
  to: 'here' | 'me';
  /** Where only reports of one frequency were to end. */
  frequency?: string;
}): View {
  const { scope, ended, to, frequency } = input;
  const who = to === 'here' ? 'This channel' : 'You';
  const frequencies = [...new Set(ended.map(({ frequency }) => frequency))].join(' and ');
  const spans: Span[] =
    ended.length === 0
      ? [
          bold(
            `${who} ${to === 'here' ? 'gets' : 'get'} no ${frequency ? `${frequency} ` : ''}report of ${scopeTitle(scope)}.`,
          ),
          text(' Nothing was changed.'),
        ]
      : [
          bold(
            `${who} no longer ${to === 'here' ? 'gets' : 'get'} the ${frequencies} report of ${scopeTitle(scope)}.`,
          ),
          ...(ended.some(({ by }) => by === 'team')
            ? [
                text(
                  " The team's channel in pennywatch.yaml stays as it is: only the report is switched off.",
                ),
              ]
            : []),
        ];
  const [first] = ended;
  return {
    elements: [
      { kind: 'text', spans },
      {
        kind: 'actions',
        buttons: [
          ...(first ? [command('Undo', `subscribe ${scopeWord(scope)} ${first.frequency} ${to}`)] : []),
          command('All subscriptions', 'subscribe list'),
        ],
      },
    ],
  };
}

/** What exists, with a button to end each report of this place, and to begin one. */
export function composeSubscriptions(input: {
  deliveries: readonly DeliveryShown[];
  times: ReportTimes;
  /** What may be begun: commands with their labels. */
  offers: readonly { readonly label: string; readonly command: string }[];
}): View {
  const { deliveries, times, offers } = input;
  const mine = deliveries.filter((one) => one.mine);
  const shown = deliveries.slice(0, SHOWN);
  const table: Element = {
    kind: 'table',
    columns: [{ title: 'Report' }, { title: 'How often' }, { title: 'Goes to' }, { title: 'Why' }],
    rows: shown.map(({ scope, frequency, place, by }) => [
      scopeTitle(parseScope(scope)),
      frequency,
      place,
      by === 'team' ? "the team's channel in pennywatch.yaml" : 'subscribed',
    ]),
    ...(deliveries.length > SHOWN && { more: `and ${deliveries.length - SHOWN} more` }),
  };
  const endings = mine.map(({ scope, frequency, mine: to }) =>
    command(
      `End ${frequency} ${scopeTitle(parseScope(scope))}${to === 'here' ? ' here' : ''}`,
      `unsubscribe ${scopeWord(parseScope(scope))} ${frequency} ${to}`,
    ),
  );
  return {
    elements: [
      {
        kind: 'heading',
        text:
          mine.length === 0
            ? 'No report comes to you or this channel'
            : `${countOf(mine.length, 'report')} for you or this channel`,
      },
      {
        kind: 'text',
        spans: [text(`Weekly reports come ${times.weekly}, daily ones ${times.daily} (${times.zone}).`)],
      },
      ...(deliveries.length > 0 ? [table] : []),
      {
        kind: 'actions',
        buttons: [
          ...offers.map((offer) => command(offer.label, offer.command)),
          { label: 'Subscribe…', action: { do: 'form', form: 'subscribe', text: 'subscribe' } },
          ...endings,
        ],
      },
    ],
  };
}

function command(label: string, words: string): Button {
  return { label, action: { do: 'command', text: words } };
}
