/** Dimensions by name, and how Cost Explorer wants them written in groups and filters. */
import type { Expression, GroupDefinition } from '@aws-sdk/client-cost-explorer';
import type { Box } from './plan-types.ts';

export const SERVICE = 'SERVICE';
export const ACCOUNT = 'LINKED_ACCOUNT';
export const REGION = 'REGION';
export const RECORD_TYPE = 'RECORD_TYPE';

/** What may be grouped by. REGION is not in AWS's list, and has always worked. */
export const GROUPABLE: readonly string[] = [
  SERVICE,
  ...[ACCOUNT, RECORD_TYPE, REGION, 'AZ', 'USAGE_TYPE', 'OPERATION', 'INSTANCE_TYPE', 'PURCHASE_TYPE'],
  ...['PLATFORM', 'TENANCY', 'LEGAL_ENTITY_NAME', 'INVOICING_ENTITY'],
];

const TAG = 'tag ';
const CATEGORY = 'cost category ';

export const tagDimension = (key: string) => `${TAG}${key}`;
export const categoryDimension = (name: string) => `${CATEGORY}${name}`;

/** Key of a tag, or name of a cost category; undefined for other dimensions. */
export function labelOf(dimension: string): string | undefined {
  for (const prefix of [TAG, CATEGORY])
    if (dimension.startsWith(prefix)) return dimension.slice(prefix.length);
  return undefined;
}

export function groupOf(dimension: string): GroupDefinition {
  const label = labelOf(dimension);
  if (label === undefined) return { Type: 'DIMENSION', Key: dimension };
  return { Type: dimension.startsWith(TAG) ? 'TAG' : 'COST_CATEGORY', Key: label };
}

/** Group keys of tags are "key$value", of untagged "key$"; a value may hold "$" as well. Untagged is ''. */
export function groupValue(dimension: string, groupKey: string): string {
  const label = labelOf(dimension);
  if (label === undefined) return groupKey;
  if (groupKey.startsWith(`${label}$`)) return groupKey.slice(label.length + 1);
  const at = groupKey.indexOf('$');
  return at < 0 ? groupKey : groupKey.slice(at + 1);
}

/** Values of a dimension that answers have named. */
export type Seen = (dimension: string) => ReadonlySet<string>;

/** More values than this are not listed to say "none of them". */
const MOST_EXCLUDED = 100;

/** The filter for what is in any of the boxes; undefined: everything. And and Or need two operands at least. */
export function filterOf(where: readonly Box[], seen: Seen): Expression | undefined {
  const boxes = where.map((box) =>
    [...box].flatMap(([dimension, values]) => clauseOf(dimension, values, seen(dimension)) ?? []),
  );
  if (boxes.length === 0 || boxes.some((clauses) => clauses.length === 0)) return undefined;
  return joined(
    'Or',
    boxes.map((clauses) => joined('And', clauses)),
  );
}

function joined(operator: 'And' | 'Or', operands: readonly Expression[]): Expression {
  const [only] = operands;
  return operands.length === 1 && only ? only : { [operator]: operands };
}

function clauseOf(
  dimension: string,
  values: readonly string[],
  seen: ReadonlySet<string>,
): Expression | undefined {
  const label = labelOf(dimension);
  if (label === undefined) return { Dimensions: { Key: dimension as 'SERVICE', Values: [...values] } };
  const of = (rest: object) =>
    dimension.startsWith(TAG)
      ? { Tags: { Key: label, ...rest } }
      : { CostCategories: { Key: label, ...rest } };
  const exact = (list: readonly string[]) => of({ Values: [...list], MatchOptions: ['EQUALS'] });
  if (!values.includes('')) return exact(values);
  // Untagged and tagged with an empty value are one group: everything that has none of the other values.
  const others = [...seen].filter((value) => !values.includes(value)).sort();
  if (others.length === 0) return undefined;
  if (others.length <= MOST_EXCLUDED) return { Not: exact(others) };
  const named = values.filter((value) => value !== '');
  const absent = of({ MatchOptions: ['ABSENT'] });
  return named.length === 0 ? absent : { Or: [exact(named), absent] };
}
