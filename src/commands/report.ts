/** The weekly or daily report at once, for the asker to see and to share. */
import { scopeKey } from '../core/scope.ts';
import { composeReport } from '../flows/report/compose.ts';
import { reportCommand } from '../flows/report/subject.ts';
import { channelOf, myself } from '../flows/report-place.ts';
import type { Button, View } from '../view/elements.ts';
import { parseSubscription, type SubscriptionWords } from './subscribe/parse.ts';
import { scopeMeant } from './subscribe.ts';
import { findMeant, type Meant } from './thing.ts';
import type { Command, CommandContext } from './types.ts';

export const report: Command = {
  name: 'report',
  task: 'informed',
  summary: 'The weekly or daily report, now',
  usage: '[now] [team NAME|model NAME|org] [weekly|daily]',
  examples: ['report', 'report team search', 'report now', 'report org daily'],
  offer: 'report org',
  async run(context, args) {
    const words = parseSubscription(args.replace(/(?<=^|\s)now(?=\s|$)/i, ' '));
    const frequency = words.frequency ?? 'weekly';
    const meant = await aboutWhat(context, words, (scope) => `report ${scope} ${frequency}`);
    if (!meant.scope) return meant.asked;
    const { scope } = meant;
    const { settings } = context;
    const team = settings.teams.find(({ name }) => scope.kind === 'team' && name === scope.name);
    const { views, data } = await composeReport(context, {
      scope,
      frequency,
      at: context.now(),
      timeZone: team?.timeZone ?? settings.timeZone,
      alone: true,
    });
    const text = `report ${scope.kind === 'org' ? 'org' : reportCommand(scope)} ${frequency}`;
    const share: Button = { label: 'Share in channel', action: { do: 'share', text } };
    return {
      view: withButton(views[0], share),
      data: { question: `report ${args}`.trim(), understood: text, ...data, scope: scopeKey(scope) },
    };
  },
};

/** What is named, else the channel's or the asker's team; in the terminal, where nobody has a team, everything. */
async function aboutWhat(
  context: CommandContext,
  words: SubscriptionWords,
  command: (scopeWord: string) => string,
): Promise<Meant> {
  if (context.actor.kind === 'person')
    return scopeMeant(context, words, channelOf(context.conversation) ?? myself(context.actor), command);
  return words.thing === '' ? { scope: { kind: 'org' } } : findMeant(context, words.thing, command);
}

function withButton(view: View, button: Button): View {
  return {
    elements: view.elements.map((element) =>
      element.kind === 'actions' ? { ...element, buttons: [...element.buttons, button] } : element,
    ),
  };
}
