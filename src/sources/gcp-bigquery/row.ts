/** Values of a result's row, checked. Every function throws UPSTREAM: a missing amount is never zero. */
import { isDay } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { plainDecimal } from '../../core/exact-number.ts';
import type { Row } from './schema.ts';

/** Text of a column; undefined when it is null, empty or not asked for. */
export function known(row: Row, column: string): string | undefined {
  const value = row[column];
  return value === null || value === undefined || value.trim() === '' ? undefined : value;
}

export function needed(row: Row, column: string, shape: RegExp): string {
  const value = known(row, column);
  if (value === undefined || !shape.test(value)) throw wrong(column, value);
  return value;
}

export function day(row: Row, column: string): string {
  const value = needed(row, column, /./);
  if (!isDay(value)) throw wrong(column, value);
  return value;
}

export function currency(row: Row, column: string): string {
  return needed(row, column, /^[A-Za-z]{3}$/).toUpperCase();
}

/** Plain decimal text. */
export function amount(row: Row, column: string): string {
  return plainDecimal(needed(row, column, /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i));
}

function wrong(column: string, value: string | undefined): AppError {
  const found = value === undefined ? 'empty' : `"${value.slice(0, 40)}"`;
  return new AppError('UPSTREAM', `A row of the billing export cannot be read: ${column} is ${found}.`, {
    hint: 'Nothing of these days was stored. Is the table a Cloud Billing export?',
  });
}
