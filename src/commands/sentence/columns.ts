/** "By service", "top 5 models", "all teams", "in euros": the parts of a sentence about columns and currencies. */
import { BREAKDOWN_WORDS, type Breakdown } from '../../core/dimension.ts';
import type { Meaning } from './meaning.ts';

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const BY =
  /^(?:by|per|(?:split|broken|break|divided|grouped|group)(?: (?:up|down))? (?:by|per|into)|for each|by each|for every) (?:the |its |their )?(.+)$/;
const LARGEST = '(?:most expensive|biggest|largest|costliest|priciest|highest[- ]cost)';
const TOP = new RegExp(
  `^(?:top (\\d{1,3})|top|(\\d{1,3}) ${LARGEST}|${LARGEST}(?: (\\d{1,3}))?|top (\\d{1,3}) ${LARGEST})(?: (.+))?$`,
);
/** Currencies that people spell out. Dollars and pounds: see `currencies`. */
const SPELLED: Readonly<Record<string, readonly string[]>> = {
  EUR: ['euro', 'euros', '€'],
  GBP: ['pound', 'pounds', 'pound sterling', 'pounds sterling', 'sterling', 'british pounds', '£'],
  JPY: ['yen', 'japanese yen'],
  INR: ['rupees', 'indian rupees', '₹'],
  CHF: ['swiss francs', 'francs'],
  CNY: ['yuan', 'renminbi'],
  USD: ['us dollar', 'us dollars', 'american dollars'],
};
/** Written as three letters; codes that are English words ("in all", "in top", "in try") are not among them. */
const CODES =
  /^(?:usd|eur|gbp|jpy|chf|cny|inr|cad|aud|nzd|sgd|hkd|sek|nok|dkk|pln|czk|huf|ron|brl|mxn|krw|zar|ils|aed|sar|thb|idr|myr|php|twd|vnd)$/;

/** What a phrase means about columns. Lower case and single spaces expected. */
export function readColumns(phrase: string): readonly Meaning[] {
  const found: Meaning[] = [];
  const by = column(BY.exec(phrase)?.[1]);
  if (by) found.push({ is: 'by', by });
  const all = /^(?:(?:all|every|each)(?: of)?(?: the| our)? )?(\S+)$/.exec(phrase);
  const plural = all?.[1]?.endsWith('s') || phrase.startsWith('every ') || phrase.startsWith('each ');
  const listed = plural ? column(all?.[1]) : undefined;
  if (listed) found.push({ is: 'all', of: listed });
  const which = column(/^(?:which|what)(?: of (?:the|our))? (.+)$/.exec(phrase)?.[1]);
  if (which) found.push({ is: 'which', of: which });
  return [...found, ...readTop(phrase)];
}

function readTop(phrase: string): Meaning[] {
  const digits = phrase.replace(/[a-z]+/g, (word) => {
    const index = NUMBERS.indexOf(word);
    return index < 0 ? word : String(index + 1);
  });
  const match = TOP.exec(digits);
  if (!match) return [];
  const count = match.slice(1, 5).find((text) => text !== undefined);
  const of = column(match[5]);
  // "Top" alone may as well be a name.
  if (match[5] ? !of : count === undefined || !digits.startsWith('top')) return [];
  if (count !== undefined && (Number(count) < 1 || Number(count) > 50)) return [];
  return [{ is: 'top', ...(count && { count: Number(count) }), ...(of && { of }) }];
}

/** The currencies a phrase can mean. `own` are the ones the organisation uses; the text as written tells codes. */
export function readCurrency(phrase: string, written: string, own: readonly string[]): readonly Meaning[] {
  const [, preposition, word = ''] =
    /^(in |as |converted to |converted into |how many )?(.+)$/.exec(phrase) ?? [];
  const known = CODES.test(word) || own.includes(word.toUpperCase());
  const isCode = known && (preposition !== undefined || written === word.toUpperCase());
  const spelled = Object.entries(SPELLED).flatMap(([code, words]) => (words.includes(word) ? code : []));
  const dollars = /^(?:dollars?|\$|bucks)$/.test(word)
    ? [...new Set(['USD', ...own.filter((code) => /^(?:USD|AUD|CAD|NZD|SGD|HKD|TWD)$/.test(code))])]
    : [];
  const codes = [...(isCode ? [word.toUpperCase()] : []), ...spelled, ...dollars];
  return [...new Set(codes)].map((currency) => ({ is: 'currency', currency }));
}

/** The column a word means, also in the plural; undefined for none. */
function column(words: string | undefined): Breakdown | undefined {
  const word = (words ?? '').replace(/'s?$/, '').replace(/[\s_-]/g, '');
  const singular = [word, word.replace(/ies$/, 'y'), word.replace(/s$/, '')];
  return singular.map((one) => BREAKDOWN_WORDS[one]).find((found) => found !== undefined);
}
