/** The dialog that asks a cost question again with another time, breakdown, currency or basis. */
import { type Basis, BREAKDOWN_WORDS, type Breakdown } from '../core/dimension.ts';
import { AppError } from '../core/errors.ts';
import { PERIOD_WORDS, parsePeriodWord } from '../core/period.ts';
import { periodText, quoteName } from '../core/question.ts';
import type { Form } from '../view/elements.ts';
import { parseWords } from './grammar.ts';
import { findCommand } from './run.ts';

const TIMES = ['7d', '30d', '90d', 'mtd', 'last week', 'last month', 'ytd'];
const COLUMNS: readonly Breakdown[] = [
  'stage',
  'service',
  'model',
  'team',
  'feature',
  'region',
  'account',
  'environment',
  'modelVersion',
  'provider',
  'resource',
  'category',
];
const BASIS_LABELS: Readonly<Record<Basis, string>> = {
  effective: 'Effective (discounts and commitments spread)',
  billed: 'Billed (as invoiced)',
  list: 'List price',
  contracted: 'Contracted price',
};

/** The dialog for a command text such as "model bert 30d by service". */
export function changeForm(text: string): Form {
  const { word, args } = findCommand(text);
  const words = parseWords(args);
  const time = words.period ? periodText(words.period) : '30d';
  return {
    form: 'change',
    text,
    title: 'Ask again',
    submit: 'Ask',
    fields: [
      {
        kind: 'select',
        name: 'time',
        label: 'Time',
        options: [...new Set([time, ...TIMES])].map((value) => ({ value, label: value })),
        value: time,
      },
      {
        kind: 'text',
        name: 'other',
        label: 'Or another time',
        placeholder: '2026-10-01..2026-10-15',
        optional: true,
        hint: PERIOD_WORDS,
      },
      {
        kind: 'select',
        name: 'by',
        label: 'Broken down by',
        options: COLUMNS.filter((column) => column !== word).map((value) => ({
          value,
          label: value === 'modelVersion' ? 'version' : value,
        })),
        value: words.by,
        optional: true,
      },
      {
        kind: 'text',
        name: 'currency',
        label: 'Currency',
        value: words.currency,
        placeholder: 'EUR',
        optional: true,
      },
      {
        kind: 'select',
        name: 'basis',
        label: 'Cost basis',
        options: Object.entries(BASIS_LABELS).map(([value, label]) => ({ value, label })),
        value: words.basis ?? 'effective',
      },
    ],
  };
}

/** The command text that the filled-in dialog asks. Throws INVALID for a time it does not know. */
export function applyChange(text: string, values: Readonly<Record<string, string>>): string {
  const { word, args } = findCommand(text);
  const { name } = parseWords(args);
  const time = values.other?.trim() || values.time || '30d';
  if (!parsePeriodWord(time))
    throw new AppError('INVALID', `I don't know the time "${time.slice(0, 60)}".`, {
      hint: `Write one of ${PERIOD_WORDS}.`,
    });
  const by = BREAKDOWN_WORDS[(values.by ?? '').toLowerCase()];
  const subject = name === 'all' || name === 'unallocated' || name === '' ? name : quoteName(name);
  const currency = values.currency?.trim();
  return [
    word,
    subject,
    time,
    by && `by ${by.toLowerCase()}`,
    currency && `in ${currency}`,
    values.basis && values.basis !== 'effective' && `--basis ${values.basis}`,
  ]
    .filter(Boolean)
    .join(' ');
}
