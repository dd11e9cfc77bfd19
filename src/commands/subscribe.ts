/** Who gets which report: subscribes the channel or the person, or lists what exists. */
import { actorKey } from '../core/actor.ts';
import { AppError } from '../core/errors.ts';
import { platformTitle } from '../core/refusals.ts';
import { type Scope, scopeKey } from '../core/scope.ts';
import { channelOf, myself, type ReportPlace, samePlace } from '../flows/report-place.ts';
import { actorNames, findStanding } from '../flows/standing.ts';
import { subscribe as add, channelTitle, type Delivery, listDeliveries } from '../flows/subscribe.ts';
import { withArticle } from '../view/messages/scope-words.ts';
import {
  composeSubscribed,
  composeSubscriptions,
  type DeliveryShown,
} from '../view/messages/subscriptions.ts';
import { parseSubscription, type SubscriptionWords } from './subscribe/parse.ts';
import { reportTimes } from './subscribe/times.ts';
import { askBack, findMeant } from './thing.ts';
import type { Command, CommandContext, CommandResult } from './types.ts';

export const subscribe: Command = {
  name: 'subscribe',
  task: 'informed',
  summary: 'Reports to this channel or to you, weekly or daily',
  usage: '[list|team NAME|model NAME|org] [weekly|daily] [here|me]',
  examples: [
    'subscribe',
    'subscribe team search weekly here',
    'subscribe model bert daily me',
    'subscribe list',
  ],
  offer: 'subscribe list',
  async run(context, args) {
    const words = parseSubscription(args);
    if (words.list) return listReports(context, 'subscribe list');
    const place = placeOf(context, words);
    const to = place.kind === 'channel' ? 'here' : 'me';
    const frequency = words.frequency ?? 'weekly';
    const meant = await scopeMeant(context, words, place, (scope) => `subscribe ${scope} ${frequency} ${to}`);
    if (!meant.scope) return meant.asked;
    const { scope } = meant;
    const outcome = await add(context, context.actor, { scope, frequency, place });
    const key = scopeKey(scope);
    const ownChannel = (await listDeliveries(context)).some(
      (one) => one.by === 'team' && samePlace(one, place) && one.scope === key && frequency === 'weekly',
    );
    return {
      view: composeSubscribed({
        outcome,
        scope,
        frequency,
        to,
        ownChannel,
        times: reportTimes(context.settings, scope),
      }),
      data: { question: `subscribe ${args}`.trim(), scope: key, frequency, to, outcome, warnings: [] },
    };
  },
};

/** The channel it was typed in, unless the person says "me". Throws INVALID for "here" where there is no channel. */
export function placeOf({ actor, conversation }: CommandContext, { where }: SubscriptionWords): ReportPlace {
  if (where === 'me') return myself(actor);
  const channel = channelOf(conversation);
  if (where === 'here' && !channel)
    throw new AppError('INVALID', 'There is no channel here.', {
      hint: 'Type it in the channel that shall get the report, or end it with "me".',
    });
  return channel ?? myself(actor);
}

/** What is named, else the asker's team (the channel's, if they are in several), else it is asked back. */
export async function scopeMeant(
  context: CommandContext,
  { thing }: Pick<SubscriptionWords, 'thing'>,
  place: ReportPlace | undefined,
  command: (scopeWord: string) => string,
): Promise<{ scope: Scope } | { scope?: undefined; asked: CommandResult }> {
  if (thing !== '') {
    const meant = await findMeant(context, thing, command);
    if (!meant.scope || ['org', 'team', 'model'].includes(meant.scope.kind)) return meant;
    throw new AppError('INVALID', `There are no reports of ${withArticle(meant.scope.kind)}.`, {
      hint: 'Reports are of a team, a model, or the whole organisation (org).',
    });
  }
  const who = await findStanding(context, context.actor);
  const teams = who.kind === 'person' ? who.teams : [];
  const channelTeam =
    place?.kind === 'channel'
      ? context.settings.teams.find(({ channel }) => channelOn(channel, place.platform) === place.target)
          ?.name
      : undefined;
  const [only, another] = teams;
  const team =
    channelTeam !== undefined && (only === undefined || teams.includes(channelTeam))
      ? channelTeam
      : another === undefined
        ? only
        : undefined;
  if (team !== undefined) return { scope: { kind: 'team', name: team } };
  const offers = teams.length > 0 ? teams : context.settings.teams.map(({ name }) => name).slice(0, 10);
  const asked = askBack(
    '',
    {
      several: true,
      offers: [...offers.map((name) => `team:${name}`), 'org'],
      question:
        teams.length > 0
          ? 'The report of which of your teams?'
          : 'The report of what? You are in no team yet.',
    },
    command,
  );
  return { asked };
}

function channelOn(channels: Readonly<Record<string, string>>, platform: string): string | undefined {
  return Object.hasOwn(channels, platform) ? channels[platform] : undefined;
}

/** What exists, and what to begin. */
export async function listReports(context: CommandContext, question: string): Promise<CommandResult> {
  const deliveries = await listDeliveries(context);
  const shown = await showDeliveries(context, deliveries);
  const offers =
    context.actor.kind === 'person' ? [{ label: 'My team, to me', command: 'subscribe weekly me' }] : [];
  return {
    view: composeSubscriptions({ deliveries: shown, times: reportTimes(context.settings), offers }),
    data: {
      question,
      rows: deliveries.map(({ scope, frequency, platform, target, kind, by }) => ({
        key: scope,
        frequency,
        platform,
        target,
        kind,
        by,
      })),
      warnings: [],
    },
  };
}

/** The reader's and this channel's first; what others get as direct messages stays theirs. */
async function showDeliveries(
  { actor, conversation, store }: CommandContext,
  deliveries: readonly Delivery[],
): Promise<DeliveryShown[]> {
  const here = channelOf(conversation);
  const nameOf = await actorNames(store);
  const mineOf = (one: Delivery): DeliveryShown['mine'] => {
    if (actor.kind === 'person' && one.kind === 'person' && samePlace(one, { ...actor, target: actor.id }))
      return 'me';
    return here && samePlace(one, here) ? 'here' : undefined;
  };
  const shown: DeliveryShown[] = [];
  for (const one of deliveries) {
    const { scope, frequency, kind, by, channelTeam, platform, target } = one;
    const mine = mineOf(one);
    const name = kind === 'person' ? nameOf(actorKey({ kind: 'person', platform, id: target })) : undefined;
    const called = kind === 'channel' ? await channelTitle(store, one) : target;
    // A team may have a channel on each platform.
    const inTeams = platform === 'teams' ? ` in ${platformTitle(platform)}` : '';
    const channel = channelTeam
      ? `the channel of team ${channelTeam}${inTeams}`
      : `channel ${called}${inTeams}`;
    const place = mine === 'me' ? 'you' : mine === 'here' ? 'this channel' : (name ?? channel);
    shown.push({ scope, frequency, kind, by, place, ...(mine && { mine }) });
  }
  return shown
    .filter((one) => one.mine !== undefined || one.kind === 'channel' || actor.kind === 'console')
    .sort((a, b) => Number(b.mine !== undefined) - Number(a.mine !== undefined));
}
