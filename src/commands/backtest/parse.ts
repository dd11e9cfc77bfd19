/** The words of `backtest [SCOPE] [90d] [detector NAME] [KEY=VALUE]…`. */
import { DIRECTIONS } from '../../core/analysis-settings.ts';
import { AppError } from '../../core/errors.ts';
import { decimalToMicros } from '../../core/money.ts';
import type { Trial } from '../../flows/backtest.ts';
import { formatMoney } from '../../view/format.ts';
import type { Token } from '../tokens.ts';

const MOST_DAYS = 365;
const HOW =
  'Write for example: backtest 90d detector=static times=1.5, or backtest team:search impact=100 percent=50 steps=2 direction=both.';

export interface BacktestWords {
  readonly thing: string;
  readonly days: number;
  readonly trial?: Trial;
}

/** Throws INVALID in words for what is no such word. */
export function parseBacktest(tokens: readonly Token[]): BacktestWords {
  const thing: string[] = [];
  const params: Record<string, string> = {};
  let days = 90;
  let trial: Trial = {};
  for (const [index, { text, quoted }] of tokens.entries()) {
    const span = quoted ? null : /^(\d{1,9})d$/i.exec(text);
    const pair = quoted ? null : /^([a-z][\w-]*)=(.+)$/i.exec(text);
    const before = tokens[index - 1]?.text.toLowerCase();
    if (span) days = daysOf(Number(span[1]));
    else if (pair) trial = { ...trial, ...setting(pair[1] ?? '', pair[2] ?? '', params) };
    else if (!quoted && text.toLowerCase() === 'detector') continue;
    else if (before === 'detector') trial = { ...trial, detector: text.toLowerCase() };
    else thing.push(text);
  }
  const full = Object.keys(params).length > 0 ? { ...trial, params } : trial;
  return { thing: thing.join(' '), days, ...(Object.keys(full).length > 0 && { trial: full }) };
}

function daysOf(days: number): number {
  if (days >= 1 && days <= MOST_DAYS) return days;
  throw new AppError('INVALID', `Rules are tried on 1 to ${MOST_DAYS} days, not on ${days}.`, { hint: HOW });
}

/** What is no limit of the anomalies themselves is a parameter of the detector. */
export function setting(key: string, value: string, params: Record<string, string>): Trial {
  switch (key.toLowerCase()) {
    case 'detector':
      return { detector: value.toLowerCase() };
    case 'direction': {
      const direction = DIRECTIONS.find((one) => one === value.toLowerCase());
      if (!direction) throw wrong(key, value, `one of ${DIRECTIONS.join(', ')}`);
      return { direction };
    }
    case 'impact':
    case 'minimumimpact':
      if (!/^\d{1,12}(\.\d{1,6})?$/.test(value)) throw wrong(key, value, 'an amount such as 50');
      return { minimumImpactMicros: decimalToMicros(value) };
    case 'percent':
    case 'minimumpercent':
      if (!/^\d{1,5}(\.\d{1,2})?%?$/.test(value)) throw wrong(key, value, 'a percentage such as 30');
      return { minimumShare: Number(value.replace('%', '')) / 100 };
    case 'steps':
    case 'minimumdays':
      if (!/^[1-9]\d?$/.test(value)) throw wrong(key, value, 'a number of days in a row such as 2');
      return { minimumDays: Number(value) };
    default:
      params[key] = value;
      return {};
  }
}

function wrong(key: string, value: string, expected: string): AppError {
  return new AppError('INVALID', `${key}=${value.slice(0, 40)}: that is not ${expected}.`, { hint: HOW });
}

/** "Static, times 1.5, from $50 a day" for a heading. */
export function trialWords(trial: Trial, currency: string): string {
  const { detector, params, direction, minimumImpactMicros, minimumShare, minimumDays } = trial;
  const words = [
    detector,
    ...Object.entries(params ?? {}).map(([key, value]) => `${key} ${value}`),
    direction && `direction ${direction}`,
    minimumImpactMicros !== undefined && `from ${formatMoney(minimumImpactMicros, currency)} a day`,
    minimumShare !== undefined && `from ${Math.round(minimumShare * 1000) / 10} %`,
    minimumDays !== undefined && `${minimumDays} days in a row`,
  ].filter((word): word is string => typeof word === 'string');
  const sentence = words.join(', ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
