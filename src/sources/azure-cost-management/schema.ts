/** Answers of the Query API: a table whose columns come in any order. Field names of the vendor end here. */
import * as z from 'zod';
import { isDay } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { decimalOf, plainDecimal } from '../../core/exact-number.ts';
import type { Cell } from './cells.ts';
import { type Grouping, idOf } from './dimensions.ts';

const answer = z.looseObject({
  properties: z
    .looseObject({
      nextLink: z.string().nullish(),
      columns: z.array(z.looseObject({ name: z.string() })).nullish(),
      rows: z.array(z.array(z.unknown())).nullish(),
    })
    .nullish(),
});

export interface Page {
  readonly cells: readonly Cell[];
  readonly nextLink: string | undefined;
}

/** The amount's column is named by what was added up; the name given to the sum is taken as well. */
const AMOUNTS = ['Cost', 'PreTaxCost', 'totalCost'];
const CURRENCIES = ['Currency', 'BillingCurrency'];
const ALSO_CALLED: Readonly<Record<string, readonly string[]>> = { ResourceGroupName: ['ResourceGroup'] };
/** Names that Azure compares without regard to case and does not always write the same. */
const CASELESS = ['SubscriptionId', 'ResourceGroupName', 'ResourceId', 'ReservationId'];

/** The cells of one page. Throws UPSTREAM when something that is needed is missing; null is a page without content. */
export function readPage(body: unknown, groupings: readonly Grouping[]): Page {
  if (body === null) return { cells: [], nextLink: undefined };
  const parsed = answer.safeParse(body);
  if (!parsed.success) throw strange('it is not a table');
  const { columns, rows, nextLink } = parsed.data.properties ?? {};
  if (!rows || rows.length === 0) return { cells: [], nextLink: nextLink || undefined };
  const find = (...called: readonly string[]) =>
    (columns ?? []).findIndex(({ name }) => called.some((each) => each.toLowerCase() === name.toLowerCase()));
  const need = (...called: readonly string[]) => {
    const index = find(...called);
    if (index < 0) throw strange(`column ${called[0]} is missing`);
    return index;
  };
  const [amount, day, currency] = [need(...AMOUNTS), need('UsageDate'), need(...CURRENCIES)];
  const readers = groupings.map((grouping) => [idOf(grouping), readerOf(grouping, find, need)] as const);
  const cells = rows.map(
    (row): Cell => ({
      day: readDay(row[day]),
      currency: readCurrency(row[currency]),
      amount: readAmount(row[amount]),
      values: new Map(readers.map(([id, read]) => [id, read(row)])),
    }),
  );
  return { cells, nextLink: nextLink || undefined };
}

type Find = (...called: readonly string[]) => number;
type Reader = (row: readonly unknown[]) => string;

/** A tag comes as the pair TagKey, TagValue: no key means that the charge does not carry it. */
function readerOf({ type, name }: Grouping, find: Find, need: Find): Reader {
  if (type === 'TagKey') {
    const [key, value] = [find('TagKey'), find('TagValue')];
    if (value < 0) {
      const own = need(name);
      return (row) => textOf(row[own]);
    }
    return (row) => (key >= 0 && textOf(row[key]) === '' ? '' : textOf(row[value]));
  }
  const index = need(name, ...(ALSO_CALLED[name] ?? []));
  if (CASELESS.includes(name)) return (row) => textOf(row[index]).toLowerCase();
  return (row) => textOf(row[index]);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** 20180331 or "2018-03-31T00:00:00". */
function readDay(value: unknown): string {
  const digits =
    typeof value === 'number' || typeof value === 'string' ? String(value).replaceAll('-', '') : '';
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
  if (!isDay(day)) throw strange(`UsageDate ${shown(value)} is not a day`);
  return day;
}

function readCurrency(value: unknown): string {
  const code = typeof value === 'string' ? value.trim().toUpperCase() : '';
  if (!/^[A-Z]{3}$/.test(code)) throw strange(`${shown(value)} is not a currency`);
  return code;
}

function readAmount(value: unknown): string {
  try {
    if (typeof value === 'number') return decimalOf(value);
    if (typeof value === 'string') return plainDecimal(value);
  } catch {
    throw strange(`${shown(value)} is not an amount`);
  }
  throw strange(`${shown(value)} is not an amount`);
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 40);
}

function strange(what: string): AppError {
  return new AppError(
    'UPSTREAM',
    `Azure Cost Management answered with something else than expected: ${what}.`,
    {
      hint: 'Nothing was taken from it. Check apiVersion; if it is not set, please report this.',
    },
  );
}
