/** Exact sums of everything staged, by the names people ask for. */

import { addDecimals, subtractDecimals } from '../../core/decimal.ts';
import { BASES } from '../../core/dimension.ts';
import { type ExactAmounts, type ExactBreakdown, type ExactLine, type PerBasis, UNTAGGED } from '../types.ts';
import type { Duck } from './duck.ts';
import { exactRow } from './exact.ts';

export const MAX_TAG_KEYS = 100;
export const MAX_TAG_VALUES = 2_000;

const SUMS = `sum(n)::BIGINT::VARCHAR, ${BASES.map((basis) => `sum(${basis}_high)::VARCHAR, sum(${basis}_low)::VARCHAR`).join(', ')}`;

export async function exactBreakdown(duck: Pick<Duck, 'rows'>): Promise<ExactBreakdown> {
  const totals = await lines(duck, "''", 'facts');
  const keyed = 'facts JOIN focus_keys USING (focus_id)';
  const { byTag, warnings } = tagLines(
    (
      await duck.rows(`SELECT tags, currency, ${SUMS} FROM facts JOIN tag_sets USING (tag_id) GROUP BY ALL`)
    ).map((row) => ({
      tags: JSON.parse(String(row[0])),
      currency: String(row[1]),
      amounts: exactRow(row, 2),
    })),
    totals,
  );
  return {
    totals,
    byProvider: await lines(duck, '"ProviderName"', keyed),
    byService: await lines(duck, '"ServiceName"', keyed),
    byChargeCategory: await lines(duck, '"ChargeCategory"', keyed),
    byTag,
    warnings,
  };
}

async function lines(duck: Pick<Duck, 'rows'>, name: string, from: string): Promise<ExactLine[]> {
  const rows = await duck.rows(
    `SELECT ${name} AS name, currency, ${SUMS} FROM ${from} GROUP BY ALL ORDER BY name, currency`,
  );
  return rows.map((row) => ({ name: String(row[0]), currency: String(row[1]), amounts: exactRow(row, 2) }));
}

interface TaggedSum {
  readonly tags: Readonly<Record<string, string>>;
  readonly currency: string;
  readonly amounts: ExactAmounts;
}

/** Sums per tag key and value; what lacks a key is told as UNTAGGED. Exported for tests. */
export function tagLines(
  sums: readonly TaggedSum[],
  totals: readonly ExactLine[],
): { byTag: Map<string, ExactLine[]>; warnings: string[] } {
  const rowsPerKey = new Map<string, number>();
  for (const { tags, amounts } of sums)
    for (const key of Object.keys(tags)) rowsPerKey.set(key, (rowsPerKey.get(key) ?? 0) + amounts.rows);
  const keys = [...rowsPerKey].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([key]) => key);
  const warnings: string[] = [];
  if (keys.length > MAX_TAG_KEYS)
    warnings.push(`byTag lists the ${MAX_TAG_KEYS} most used of ${keys.length} tag keys.`);
  const byTag = new Map<string, ExactLine[]>();
  for (const key of keys.slice(0, MAX_TAG_KEYS)) {
    const all = linesOfKey(sums, key);
    const tagged = all.slice(0, MAX_TAG_VALUES);
    if (all.length > MAX_TAG_VALUES)
      warnings.push(`byTag lists ${MAX_TAG_VALUES} of ${all.length} values of the tag "${key}".`);
    byTag.set(key, [...tagged, ...totals.flatMap((total) => untagged(total, all))]);
  }
  return { byTag, warnings };
}

function linesOfKey(sums: readonly TaggedSum[], key: string): ExactLine[] {
  const lines = new Map<string, { name: string; currency: string; parts: ExactAmounts[] }>();
  for (const { tags, currency, amounts } of sums) {
    if (!Object.hasOwn(tags, key)) continue;
    const name = tags[key] ?? '';
    const id = JSON.stringify([name, currency]);
    const line = lines.get(id) ?? { name, currency, parts: [] };
    line.parts.push(amounts);
    lines.set(id, line);
  }
  return [...lines.values()]
    .map(({ name, currency, parts }) => ({ name, currency, amounts: addAmounts(parts) }))
    .sort((a, b) => b.amounts.rows - a.amounts.rows || (a.name < b.name ? -1 : 1));
}

function untagged(total: ExactLine, tagged: readonly ExactLine[]): ExactLine[] {
  const parts = tagged.filter((line) => line.currency === total.currency).map((line) => line.amounts);
  const sum = addAmounts(parts);
  const rows = total.amounts.rows - sum.rows;
  if (rows === 0) return [];
  const rest = perBasis((basis) =>
    total.amounts[basis] === null ? null : subtractDecimals(total.amounts[basis], sum[basis]),
  );
  return [{ name: UNTAGGED, currency: total.currency, amounts: { rows, ...rest } }];
}

function addAmounts(parts: readonly ExactAmounts[]): ExactAmounts {
  return {
    rows: parts.reduce((sum, part) => sum + part.rows, 0),
    ...perBasis((basis) => addDecimals(...parts.map((part) => part[basis]))),
  };
}

function perBasis(value: (basis: (typeof BASES)[number]) => string | null): PerBasis<string | null> {
  return {
    effective: value('effective'),
    billed: value('billed'),
    list: value('list'),
    contracted: value('contracted'),
  };
}
