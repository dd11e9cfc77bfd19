/** `pennywatch backtest`: what anomaly rules would have told in the last days, before they are switched on. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { backtestJson } from '../commands/backtest/json.ts';
import { setting, trialWords } from '../commands/backtest/parse.ts';
import { DIRECTIONS } from '../core/analysis-settings.ts';
import { dayInZone } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import { parseScope } from '../core/scope.ts';
import { backtest, type Trial } from '../flows/backtest.ts';
import { renderText } from '../view/fallback.ts';
import { composeBacktest } from '../view/messages/backtest.ts';
import { scopeTitle } from '../view/messages/scope-words.ts';
import { type CommonOptions, EXIT, guarded, print, printJson, withCommon, withContext } from './shell.ts';

interface BacktestOptions extends CommonOptions {
  readonly days: number;
  readonly scope?: string;
  readonly detector?: string;
  readonly param: Readonly<Record<string, string>>;
  readonly direction?: string;
  readonly minImpact?: string;
  readonly minPercent?: string;
  readonly minDays?: string;
}

export function registerBacktest(program: Command): void {
  const command = program
    .command('backtest')
    .description('replay the last days and show what would have been told; changes nothing')
    .addOption(new Option('--days <count>', 'days to replay').argParser(parseDays).default(90))
    .option('--scope <scope>', 'only this scope and what is below it, for example team:search')
    .option('--detector <name>', 'another detector to try')
    .option('--param <key=value>', 'a parameter of the detector; may be repeated', collect, {})
    .addOption(new Option('--direction <direction>', 'which way counts').choices(DIRECTIONS))
    .option('--min-impact <amount>', 'least difference from expected per day, reporting currency')
    .option('--min-percent <percent>', 'least difference from expected, in percent')
    .option('--min-days <count>', 'days in a row before it counts');
  withCommon(command).action(guarded(run, (options) => options));
}

async function run(options: BacktestOptions): Promise<number> {
  const scope = options.scope === undefined ? undefined : parseScope(options.scope);
  const trial = trialOf(options);
  return withContext(options, async (context) => {
    const result = await backtest(context, {
      days: options.days,
      ...(scope && { scope }),
      ...(trial && { trial }),
    });
    if (!result)
      throw new AppError('NOT_FOUND', 'No day is complete yet, so there is nothing to try rules on.', {
        hint: 'Import bills first: pennywatch import focus FILE.',
      });
    if (options.json) {
      printJson(backtestJson(result));
      return EXIT.done;
    }
    const { trial: tried, ...rest } = result;
    print(
      renderText(
        composeBacktest({
          ...rest,
          today: dayInZone(context.now(), context.settings.timeZone),
          notify: context.settings.anomalies.notify,
          ...(scope && { of: scopeTitle(scope) }),
          ...(tried && { trial: { ...tried, what: trialWords(tried.settings, context.settings.currency) } }),
        }),
      ),
    );
    return EXIT.done;
  });
}

function trialOf(options: BacktestOptions): Trial | undefined {
  const { detector, param, direction, minImpact, minPercent, minDays } = options;
  const given = { detector, direction, impact: minImpact, percent: minPercent, steps: minDays };
  const params: Record<string, string> = { ...param };
  let trial: Trial = {};
  for (const [key, value] of Object.entries(given))
    if (value !== undefined) trial = { ...trial, ...setting(key, value, params) };
  const full = Object.keys(params).length > 0 ? { ...trial, params } : trial;
  return Object.keys(full).length > 0 ? full : undefined;
}

function parseDays(value: string): number {
  const days = Number(value);
  if (!Number.isInteger(days) || days < 1 || days > 365)
    throw new InvalidArgumentError('Write a whole number from 1 to 365.');
  return days;
}

function collect(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const [key = '', ...value] = text.split('=');
  if (key.trim() === '' || value.length === 0)
    throw new InvalidArgumentError('Write key=value, for example sigmas=3.');
  return { ...before, [key.trim()]: value.join('=').trim() };
}
