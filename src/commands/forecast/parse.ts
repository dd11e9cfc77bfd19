/** The words of `forecast NAME [TIME] [in CURRENCY]`. */
import { AppError } from '../../core/errors.ts';
import type { ForecastFocus } from '../../view/messages/forecast-types.ts';
import { parseWords } from '../grammar.ts';

export interface WantedForecast {
  /** Empty for everything. */
  readonly thing: string;
  readonly currency?: string;
  /** What is told first; absent: the month. */
  readonly focus?: ForecastFocus;
}

/** How each is written. */
export const FOCUS_WORDS: Readonly<Record<ForecastFocus, string>> = {
  month: '',
  nextDay: 'next day',
  next7: 'next week',
  nextMonth: 'next month',
  next90: 'next quarter',
};

/** Times to come, at the end of the words or before "in EUR". */
const TIMES: readonly (readonly [RegExp, ForecastFocus | undefined])[] = [
  [/ (?:for |in )?(?:tomorrow|(?:the )?next day)(?= |$)/i, 'nextDay'],
  [/ (?:for |in )?(?:the )?next (?:week|(?:7|seven) days)(?= |$)/i, 'next7'],
  [/ (?:for |in )?(?:the )?next month(?= |$)/i, 'nextMonth'],
  [/ (?:for |in )?(?:the )?next (?:quarter|90 days|3 months|three months)(?= |$)/i, 'next90'],
  [
    / (?:for |in )?(?:this month|mtd|(?:(?:by|until) )?(?:the )?(?:end of (?:the |this )?month|month[- ]end))(?= |$)/i,
    undefined,
  ],
];

/** Throws INVALID for words that a forecast has no use for. */
export function parseForecast(args: string): WantedForecast {
  const padded = ` ${args.trim()}`;
  const said = TIMES.find(([pattern]) => pattern.test(padded));
  const { name, currency, period, by, basis } = parseWords(said ? padded.replace(said[0], '') : args);
  if (period || by || basis)
    throw new AppError('INVALID', 'A forecast is of days to come, and of EffectiveCost as a whole.', {
      hint: 'Write for example: forecast model bert, forecast bert next month, or forecast team growth in EUR.',
    });
  const thing = name
    .replace(/^(?:of|for)\s+/i, '')
    .replace(/^(?:model|team|service|feature)\s+all$|^all$|^everything$/i, 'org');
  const focus = said?.[1];
  return { thing, ...(currency && { currency }), ...(focus && { focus }) };
}
