/** A question about cost as understood, and the one canonical way to write it as a command. */
import type { Basis, Breakdown } from './dimension.ts';
import { looksLikeTime, type PeriodWord, parsePeriodWord } from './period.ts';
import type { Scope } from './scope.ts';

/** What the question is about: one scope, or everything listed by a column. */
export type Subject =
  | { readonly kind: 'team' | 'service' | 'feature'; readonly name: string }
  | { readonly kind: 'model'; readonly name: string; readonly stage?: string }
  | { readonly kind: 'unallocated'; readonly of: 'model' | 'team' | 'feature' }
  | { readonly kind: 'all'; readonly of: 'model' | 'team' | 'service' | 'feature' };

export interface CostQuestion {
  readonly subject: Subject;
  readonly period: PeriodWord;
  readonly by?: Breakdown;
  /** ISO currency to answer in; absent for the organisation's own. */
  readonly currency?: string;
  readonly basis: Basis;
}

export function subjectScope(subject: Subject): Scope {
  return subject.kind === 'all' || subject.kind === 'unallocated' ? { kind: 'org' } : subject;
}

/** What a question about a scope is about; undefined for scopes that no question can be asked about. */
export function subjectOf(scope: Scope): Subject | undefined {
  switch (scope.kind) {
    case 'org':
      return { kind: 'all', of: 'model' };
    case 'model':
      return scope;
    case 'team':
    case 'service':
    case 'feature':
      return { kind: scope.kind, name: scope.name };
    case 'provider':
    case 'environment':
    case 'experiment':
    case 'key':
      return undefined;
  }
}

/** Command text that asks the question again, e.g. 'model bert 30d by service in EUR --basis billed'. */
export function questionText(question: CostQuestion): string {
  const { subject, by, currency, basis } = question;
  return [
    subjectText(subject),
    periodText(question.period),
    by && `by ${by.toLowerCase()}`,
    currency && `in ${currency}`,
    basis === 'effective' ? '' : `--basis ${basis}`,
  ]
    .filter(Boolean)
    .join(' ');
}

export function periodText(period: PeriodWord): string {
  switch (period.kind) {
    case 'days':
      return `${period.count}d`;
    case 'to-date':
      return { week: 'wtd', month: 'mtd', quarter: 'qtd', year: 'ytd' }[period.unit];
    case 'last':
      return period.unit === 'day' ? 'yesterday' : `last ${period.unit}`;
    case 'month':
      return period.month;
    case 'year':
      return period.year;
    case 'range':
      return period.start === period.end ? period.start : `${period.start}..${period.end}`;
  }
}

function subjectText(subject: Subject): string {
  if (subject.kind === 'all') return `${subject.of} all`;
  if (subject.kind === 'unallocated') return `${subject.of} unallocated`;
  const stage = subject.kind === 'model' && subject.stage ? `/${subject.stage}` : '';
  return `${subject.kind} ${quoteName(subject.name + stage)}`;
}

/** A name as it must be written in a command: quoted when it has spaces or could be read as something else. */
export function quoteName(name: string): string {
  const plain = /^[\p{L}\p{N}][\p{L}\p{N}_.:/-]*$/u.test(name);
  const read = /^(by|in|all|unallocated)$/i.test(name) || looksLikeTime(name) || parsePeriodWord(name);
  return plain && !read ? name : `"${name.replace(/["“”]/g, "'")}"`;
}
