/** Lists proposals: open, done, refused, and what they save. */
import { dayInZone } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import { microsToDecimal } from '../core/money.ts';
import { actionsOverview } from '../flows/proposals/overview.ts';
import { composeActions } from '../view/messages/proposal-list.ts';
import { proposalJson } from './proposal/json.ts';
import { findMeant } from './thing.ts';
import { tokenise } from './tokens.ts';
import type { Command } from './types.ts';

export const actions: Command = {
  name: 'actions',
  task: 'act',
  summary: 'What was proposed, done and refused, and what it saves: expected, and on the bill',
  usage: '[all] [team NAME]',
  examples: ['actions', 'actions all', 'actions team search'],
  offer: 'actions',
  async run(context, args) {
    const tokens = tokenise(args);
    const all = tokens.some(({ text, quoted }) => !quoted && /^all$/i.test(text));
    const words = tokens.filter(({ text, quoted }) => quoted || !/^all$/i.test(text)).map(({ text }) => text);
    const meant =
      words.length > 0 ? await findMeant(context, words.join(' '), (scope) => `actions ${scope}`) : undefined;
    if (meant && !meant.scope) return meant.asked;
    if (meant?.scope && meant.scope.kind !== 'team')
      throw new AppError('INVALID', 'Actions are listed for a team, or all of them.', {
        hint: 'Write actions, or actions team NAME.',
      });
    const team = meant?.scope?.kind === 'team' ? meant.scope.name : undefined;
    const overview = await actionsOverview(context, { all, ...(team !== undefined && { team }) });
    const now = context.now();
    const { timeZone, actions: settings } = context.settings;
    const when = { now, today: dayInZone(now, timeZone), timeZone };
    return {
      view: composeActions({ ...overview, all, mode: settings.mode }, when),
      data: {
        question: `actions ${args}`.trim(),
        mode: settings.mode,
        open: overview.open.map(proposalJson),
        over: overview.over.map(proposalJson),
        savings: overview.savings.map((one) => ({
          name: one.name,
          currency: one.currency,
          expectedPerDay: microsToDecimal(one.expectedMicros),
          startDay: one.startDay,
          endDay: one.endDay ?? null,
          realised: one.realisedMicros === undefined ? null : microsToDecimal(one.realisedMicros),
          realisedThrough: one.realisedThrough ?? null,
        })),
        warnings: [],
      },
    };
  },
};
