/** Ends reports to this channel or to the person; without a name it lists what can be ended. */
import { scopeKey } from '../core/scope.ts';
import { myself, type ReportPlace, samePlace } from '../flows/report-place.ts';
import { unsubscribe as end, listDeliveries } from '../flows/subscribe.ts';
import { composeUnsubscribed } from '../view/messages/subscriptions.ts';
import { parseSubscription, type SubscriptionWords } from './subscribe/parse.ts';
import { listReports, placeOf, scopeMeant } from './subscribe.ts';
import type { Command, CommandContext } from './types.ts';

export const unsubscribe: Command = {
  name: 'unsubscribe',
  task: 'informed',
  summary: 'Ends reports to this channel or to you; alone it lists them, with a button for each',
  usage: '[team NAME|model NAME|org] [weekly|daily] [here|me]',
  examples: ['unsubscribe', 'unsubscribe team search weekly here'],
  offer: 'unsubscribe',
  async run(context, args) {
    const words = parseSubscription(args);
    if (words.list || words.thing === '') return listReports(context, 'unsubscribe');
    const places = placesOf(context, words);
    const rest = [words.frequency, words.where].filter(Boolean).join(' ');
    const meant = await scopeMeant(context, words, places[0], (scope) =>
      `unsubscribe ${scope} ${rest}`.trim(),
    );
    if (!meant.scope) return meant.asked;
    const { scope } = meant;
    const key = scopeKey(scope);
    const there = await listDeliveries(context);
    const place =
      places.find((one) => there.some((report) => samePlace(report, one) && report.scope === key)) ??
      places[0];
    const to = place.kind === 'channel' ? 'here' : 'me';
    const ended = await end(context, context.actor, {
      scope,
      place,
      ...(words.frequency && { frequency: words.frequency }),
    });
    return {
      view: composeUnsubscribed({
        scope,
        ended,
        to,
        ...(words.frequency && { frequency: words.frequency }),
      }),
      data: {
        question: `unsubscribe ${args}`.trim(),
        scope: key,
        to,
        ended: ended.map(({ frequency, by }) => ({ frequency, by })),
        warnings: [],
      },
    };
  },
};

/** Where to look for what is to end: the place that is said, else this channel, then the person. */
function placesOf(context: CommandContext, words: SubscriptionWords): [ReportPlace, ...ReportPlace[]] {
  const place = placeOf(context, words);
  return words.where === undefined && place.kind === 'channel' && context.actor.kind === 'person'
    ? [place, myself(context.actor)]
    : [place];
}
