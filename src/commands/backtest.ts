/** Tries anomaly rules on the last days before they are switched on. */
import { dayInZone } from '../core/day.ts';
import type { Scope } from '../core/scope.ts';
import { backtest as run } from '../flows/backtest.ts';
import { text } from '../view/elements.ts';
import { composeBacktest } from '../view/messages/backtest.ts';
import { scopeTitle } from '../view/messages/scope-words.ts';
import { backtestJson } from './backtest/json.ts';
import { type BacktestWords, parseBacktest, trialWords } from './backtest/parse.ts';
import { findMeant } from './thing.ts';
import { tokenise } from './tokens.ts';
import type { Command, CommandContext, CommandResult } from './types.ts';

export const backtest: Command = {
  name: 'backtest',
  task: 'why',
  summary: 'What anomaly rules would have told in the last days, before they are switched on',
  usage:
    '[SCOPE] [90d] [detector NAME] [impact=50] [percent=30] [steps=2] [direction=up|down|both] [PARAMETER=VALUE]',
  examples: [
    'backtest',
    'backtest 90d detector static times=1.5',
    'backtest team:search impact=100 percent=50',
  ],
  offer: 'backtest',
  async run(context, args) {
    const words = parseBacktest(tokenise(args));
    if (words.thing === '') return test(context, args, words);
    const meant = await findMeant(
      context,
      words.thing,
      (scope) => `backtest ${args.replace(words.thing, () => scope)}`,
    );
    return meant.scope ? test(context, args, words, meant.scope) : meant.asked;
  },
};

async function test(
  context: CommandContext,
  args: string,
  { days, trial }: BacktestWords,
  scope?: Scope,
): Promise<CommandResult> {
  const { settings } = context;
  const result = await run(context, { days, ...(scope && { scope }), ...(trial && { trial }) });
  const question = `backtest ${args}`.trim();
  if (!result) return nothing(question);
  const { trial: tried, ...rest } = result;
  return {
    view: composeBacktest({
      ...rest,
      today: dayInZone(context.now(), settings.timeZone),
      notify: settings.anomalies.notify,
      ...(scope && { of: scopeTitle(scope) }),
      ...(tried && { trial: { ...tried, what: trialWords(tried.settings, settings.currency) } }),
    }),
    data: { question, ...backtestJson(result) },
  };
}

function nothing(question: string): CommandResult {
  const message = 'No day is complete yet, so there is nothing to try rules on.';
  return {
    view: { elements: [{ kind: 'text', spans: [text(message)] }] },
    data: { question, error: { code: 'NOT_FOUND', message } },
  };
}
