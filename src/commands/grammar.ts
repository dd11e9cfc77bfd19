/** The words shared by all cost commands: names, time words, "by", "in", "--basis". */
import { BASES, type Basis, BREAKDOWN_WORDS, type Breakdown } from '../core/dimension.ts';
import { AppError } from '../core/errors.ts';
import { looksLikeTime, PERIOD_WORDS, type PeriodWord, parsePeriodWord } from '../core/period.ts';
import { type Token, tokenise } from './tokens.ts';

export interface CommandWords {
  /** What is left after the words below: the name asked about, possibly empty. */
  readonly name: string;
  readonly period?: PeriodWord;
  readonly by?: Breakdown;
  readonly currency?: string;
  readonly basis?: Basis;
}

/** Parses a command's arguments. Throws INVALID naming the word it does not know and what may be written. */
export function parseWords(text: string): CommandWords {
  const { names, ...words } = parseNames(text);
  return { name: names.map((token) => token.text).join(' '), ...words };
}

/** The same for a command that is about several things: the words that name them, one by one. */
export function parseNames(text: string): Omit<CommandWords, 'name'> & { readonly names: readonly Token[] } {
  const tokens = tokenise(text);
  const found: { period?: PeriodWord; by?: Breakdown; currency?: string; basis?: Basis } = {};
  const name: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const value = tokens[i + 1]?.text ?? '';
    const word = token.quoted ? '' : token.text.toLowerCase();
    if (word === 'by' || word === '--by') {
      found.by = once(found.by, parseBreakdown(value), 'by');
      i++;
    } else if (word === '--in' || word === 'in') {
      found.currency = once(found.currency, parseCurrency(value), 'in');
      i++;
    } else if (word === '--basis' || word.startsWith('--basis=')) {
      const inline = word.startsWith('--basis=');
      found.basis = once(found.basis, parseBasis(inline ? word.slice('--basis='.length) : value), '--basis');
      if (!inline) i++;
    } else if (word.startsWith('--')) {
      throw new AppError('INVALID', `I don't know the option "${token.text}".`, {
        hint: 'Options are --basis effective|billed|list|contracted, --by COLUMN and --in CURRENCY.',
      });
    } else {
      const period = periodAt(tokens, i);
      if (period) {
        found.period = once(found.period, period.word, 'the time');
        i += period.length - 1;
      } else name.push(token);
    }
  }
  refuseUnknownTime(name);
  return { names: name, ...found };
}

function periodAt(tokens: readonly Token[], start: number): { word: PeriodWord; length: number } | undefined {
  for (const length of [3, 2, 1]) {
    const part = tokens.slice(start, start + length);
    if (part.length < length || part.some((token) => token.quoted)) continue;
    const word = parsePeriodWord(part.map((token) => token.text).join(' '));
    if (word) return { word, length };
  }
  return undefined;
}

function refuseUnknownTime(name: readonly Token[]): void {
  const wrong = name.findIndex((token) => !token.quoted && looksLikeTime(token.text));
  if (wrong < 0) return;
  const words = name.slice(wrong).map((token) => token.text);
  throw new AppError('INVALID', `I don't know the time "${words.join(' ').slice(0, 60)}".`, {
    hint: `Write one of ${PERIOD_WORDS}. A name that looks like a time goes in quotes: "${words[0]}".`,
  });
}

function parseBreakdown(word: string): Breakdown {
  const breakdown = BREAKDOWN_WORDS[word.toLowerCase().replace(/[\s_-]/g, '')];
  if (breakdown) return breakdown;
  throw new AppError('INVALID', word ? `I can't break costs down by "${word.slice(0, 60)}".` : 'By what?', {
    hint: 'Write by service, stage, region, resource, version, environment, account, team, model, provider, feature or category.',
  });
}

/** Nobody means a currency by them. */
const MONTH = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$/i;

function parseCurrency(word: string): string {
  if (/^[a-z]{3}$/i.test(word) && !MONTH.test(word)) return word.toUpperCase();
  throw new AppError('INVALID', `"${word.slice(0, 60)}" is not a currency.`, {
    hint: MONTH.test(word)
      ? 'A month is written like this: 2026-10.'
      : 'Write its three letters, for example: in EUR.',
  });
}

function parseBasis(word: string): Basis {
  const basis = BASES.find((known) => known === word.toLowerCase());
  if (basis) return basis;
  throw new AppError('INVALID', `"${word.slice(0, 60)}" is not a cost basis.`, {
    hint: 'Write --basis effective (with discounts and commitments spread), billed (as invoiced), list or contracted.',
  });
}

function once<T>(before: T | undefined, value: T, what: string): T {
  if (before === undefined) return value;
  throw new AppError('INVALID', `The command says ${what} twice.`, { hint: 'Say it once.' });
}
