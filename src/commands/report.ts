/** The weekly or daily report at once, for the asker to see and to share. */
import { scopeKey } from '../core/scope.ts';
import { composeReport } from '../flows/report/compose.ts';
import { reportCommand } from '../flows/report/subject.ts';
import type { Button, View } from '../view/elements.ts';
import { parseSubscription } from './subscribe/parse.ts';
import { placeOf, scopeMeant } from './subscribe.ts';
import type { Command } from './types.ts';

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
    const place = placeOf(context, words);
    const meant = await scopeMeant(context, words, place, (scope) => `report ${scope} ${frequency}`);
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

function withButton(view: View, button: Button): View {
  return {
    elements: view.elements.map((element) =>
      element.kind === 'actions' ? { ...element, buttons: [...element.buttons, button] } : element,
    ),
  };
}
