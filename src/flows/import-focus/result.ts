/** Puts exact sums and stored sums side by side, by the names people ask for. */
import { attosToMicros, microsToDecimal } from '../../core/money.ts';
import { type ExactBreakdown, type ExactLine, UNTAGGED } from '../../sources/types.ts';
import type { Store } from '../../store/open.ts';
import { type StoredLine, storedSums } from '../../store/stored-costs.ts';
import type { CurrencyAmounts, ImportResult, NamedAmounts } from './types.ts';

type Sums = Pick<ImportResult, 'totals' | 'byProvider' | 'byService' | 'byChargeCategory' | 'byTag'>;

/** `billIds` are the bills that the staged charges belong to. */
export async function resultSums(
  store: Store,
  billIds: readonly number[],
  exact: ExactBreakdown,
): Promise<Sums> {
  const byTag: [string, Record<string, NamedAmounts>][] = [];
  const stored = await storedSums(store, billIds);
  const tagged = stored.byTags.map((line) => ({ line, tags: JSON.parse(line.name) }));
  for (const [key, lines] of exact.byTag) byTag.push([key, named(lines, storedOfKey(tagged, key))]);
  return {
    totals: exact.totals.map((line) => besides(line, stored.totals)),
    byProvider: named(exact.byProvider, stored.byProvider),
    byService: named(exact.byService, stored.byService),
    byChargeCategory: named(exact.byChargeCategory, stored.byChargeCategory),
    byTag: Object.fromEntries(byTag),
  };
}

/** Stored sums per value of one tag key; what lacks the key is UNTAGGED, as in the exact sums. */
function storedOfKey(
  sets: readonly { readonly line: StoredLine; readonly tags: Readonly<Record<string, string>> }[],
  key: string,
): StoredLine[] {
  const lines = new Map<string, StoredLine>();
  for (const { line, tags } of sets) {
    const name = Object.hasOwn(tags, key) ? (tags[key] ?? '') : UNTAGGED;
    const id = JSON.stringify([name, line.currency]);
    const before = lines.get(id);
    const attos = before ? addAttos(before.attos, line.attos) : line.attos;
    lines.set(id, { name, currency: line.currency, rows: line.rows + (before?.rows ?? 0), attos });
  }
  return [...lines.values()];
}

function addAttos(a: StoredLine['attos'], b: StoredLine['attos']): StoredLine['attos'] {
  const add = (x: bigint | null, y: bigint | null) => (x === null || y === null ? (x ?? y) : x + y);
  return {
    effective: add(a.effective, b.effective),
    billed: add(a.billed, b.billed),
    list: add(a.list, b.list),
    contracted: add(a.contracted, b.contracted),
  };
}

/** Names come from bills: fromEntries makes even "__proto__" an ordinary key. */
function named(lines: readonly ExactLine[], stored: readonly StoredLine[]): Record<string, NamedAmounts> {
  const groups = new Map<string, CurrencyAmounts[]>();
  for (const line of lines) groups.set(line.name, [...(groups.get(line.name) ?? []), besides(line, stored)]);
  return Object.fromEntries([...groups].map(([name, group]) => [name, oneOrMore(group)]));
}

function oneOrMore(amounts: readonly CurrencyAmounts[]): NamedAmounts {
  const [first] = amounts;
  if (first && amounts.length === 1) return first;
  return { currency: null, rows: amounts.reduce((sum, one) => sum + one.rows, 0), byCurrency: amounts };
}

function besides({ name, currency, amounts }: ExactLine, stored: readonly StoredLine[]): CurrencyAmounts {
  const held = stored.find((line) => line.name === name && line.currency === currency)?.attos;
  const text = (attos: bigint | null | undefined) =>
    attos === null || attos === undefined ? null : microsToDecimal(attosToMicros(attos));
  return {
    currency,
    rows: amounts.rows,
    billedCost: amounts.billed,
    effectiveCost: amounts.effective,
    listCost: amounts.list,
    contractedCost: amounts.contracted,
    stored: {
      billedCost: text(held?.billed),
      effectiveCost: text(held?.effective),
      listCost: text(held?.list),
      contractedCost: text(held?.contracted),
    },
  };
}
