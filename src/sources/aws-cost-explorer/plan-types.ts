/** What is asked and answered while the dimensions of a bill are put together; no vendor's shapes. */
import type { Amounts } from './amounts.ts';

/** Allowed values per dimension; all of its dimensions must match. */
export type Box = ReadonlyMap<string, readonly string[]>;

/** One request: sums per value of one or two dimensions, of what is in any of the boxes (no boxes: of everything). */
export interface Ask {
  readonly groupBy: readonly string[];
  readonly where: readonly Box[];
}

export interface AnswerRow {
  /** A day (or hour) and a currency: money is never added across slots. */
  readonly slot: string;
  /** In the order of `groupBy`. */
  readonly values: readonly string[];
  readonly amounts: Amounts;
}

/** Part of the bill: all parts together are the bill, each once. */
export interface Part {
  readonly slot: string;
  /** In the order of the plan's dimensions; undefined: not known, because it was not asked or did not add up. */
  readonly values: readonly (string | undefined)[];
  readonly amounts: Amounts;
}

/** Why some parts lack a dimension. */
export type Shortfall = 'budget' | 'mismatch' | 'refused';

/** What a request came to: rows, or the other side does not take it, or (undefined) there is no budget for it. */
export type Answer = readonly AnswerRow[] | 'refused' | undefined;

export interface Plan {
  readonly dimensions: readonly string[];
  readonly parts: readonly Part[];
  readonly shortfalls: ReadonlySet<Shortfall>;
  /** Requests that were answered, pages not counted. */
  readonly asked: number;
  /** Requests that all dimensions would have taken, as far as it can be told. */
  readonly needed: number;
}

/** Text that is equal for equal values. */
export function keyOf(values: readonly (string | undefined)[]): string {
  return JSON.stringify(values.map((value) => value ?? null));
}

/** For people: "SERVICE × tag team where LINKED_ACCOUNT is 111111111111". */
export function describeAsk({ groupBy, where }: Ask): string {
  const boxes = where.map((box) =>
    [...box].map(([dimension, values]) => `${dimension} is ${listed(values)}`).join(' and '),
  );
  return groupBy.join(' × ') + (boxes.length > 0 ? ` where ${boxes.join('; or ')}` : '');
}

const LISTED = 3;
function listed(values: readonly string[]): string {
  const shown = values.slice(0, LISTED).map((value) => value || '(none)');
  const rest = values.length - shown.length;
  return shown.join(' or ') + (rest > 0 ? ` or ${rest} more` : '');
}
