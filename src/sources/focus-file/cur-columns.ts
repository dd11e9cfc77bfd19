/** Recognises AWS Cost and Usage Reports (2.0, and the older ones) by their columns. */

/** Without these there is no bill to be read out of it. */
const NEEDED = [
  'line_item_usage_start_date',
  'line_item_unblended_cost',
  'line_item_line_item_type',
  'line_item_currency_code',
] as const;

export interface CurColumns {
  /** Position of each column by its CUR 2.0 name. */
  readonly positions: ReadonlyMap<string, number>;
  /** Older reports have a column per tag: position by tag key. */
  readonly tags: ReadonlyMap<string, number>;
}

/** The columns by their names in CUR 2.0; undefined when the file is none, or lacks what is needed. */
export function curColumns(names: readonly string[]): CurColumns | undefined {
  const positions = new Map<string, number>();
  const tags = new Map<string, number>();
  for (const [position, name] of names.entries()) {
    const [, key] = /^resource_?tags[/_](?:user[:_])?(.+)$/i.exec(name) ?? [];
    if (key !== undefined) tags.set(key, position);
    const folded = snakeCase(name);
    if (!positions.has(folded)) positions.set(folded, position);
  }
  return NEEDED.every((name) => positions.has(name)) ? { positions, tags } : undefined;
}

/** "savingsPlan/SavingsPlanARN" is savings_plan_savings_plan_a_r_n in Parquet and in CUR 2.0. */
function snakeCase(name: string): string {
  return name
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    .replace(/[/_:]+/g, '_')
    .replace(/^_/, '');
}
