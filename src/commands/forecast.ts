/** What a model, a team or everything will cost. */
import { type Scope, scopeKey } from '../core/scope.ts';
import { forecastScope } from '../flows/forecast.ts';
import { composeForecast } from '../view/messages/forecast.ts';
import { forecastJson } from './forecast/json.ts';
import { FOCUS_WORDS, parseForecast, type WantedForecast } from './forecast/parse.ts';
import { findMeant } from './thing.ts';
import type { Command, CommandContext, CommandResult } from './types.ts';

export const forecast: Command = {
  name: 'forecast',
  task: 'cost',
  summary: 'What the month, the next days and the next quarter will cost, and how sure that is',
  usage: '[NAME|org] [next day|week|month|quarter] [in CURRENCY]',
  examples: [
    'forecast',
    'forecast model bert',
    'forecast team growth',
    'forecast model bert/training in EUR',
  ],
  offer: 'forecast {model}',
  async run(context, args) {
    const { thing, currency, focus } = parseForecast(args);
    const wanted = { ...(currency && { currency }), ...(focus && { focus }) };
    if (thing === '') return answer(context, { kind: 'org' }, wanted);
    const meant = await findMeant(context, thing, (scope) => commandText(scope, wanted));
    return meant.scope ? answer(context, meant.scope, wanted) : meant.asked;
  },
};

type Wanted = Omit<WantedForecast, 'thing'>;

async function answer(context: CommandContext, scope: Scope, wanted: Wanted): Promise<CommandResult> {
  const { currency, focus = 'month' } = wanted;
  const facts = await forecastScope(context, scope, currency === undefined ? {} : { currency });
  return {
    view: composeForecast(facts, focus),
    data: { question: commandText(scopeKey(scope), wanted), ...forecastJson(facts) },
  };
}

function commandText(scope: string, { currency, focus }: Wanted): string {
  return ['forecast', scope, focus && FOCUS_WORDS[focus], currency && `in ${currency}`]
    .filter(Boolean)
    .join(' ');
}
