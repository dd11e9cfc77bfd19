/** Writes charges that an API delivered down as a FOCUS file, so that they go in by the same way as any bill. */
import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { addDays, addMonths, type Day } from '../../core/day.ts';
import { FOCUS_COLUMNS } from '../../core/settings.ts';
import type { Charge } from '../types.ts';
import { makeWorkDir } from '../work-dir.ts';

const COSTS = ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'] as const;
type Cost = (typeof COSTS)[number];

const COLUMNS = [
  ...FOCUS_COLUMNS,
  'BillingCurrency',
  'BillingPeriodStart',
  'BillingPeriodEnd',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  ...COSTS,
  'Tags',
] as const;

export interface SpooledCharges {
  readonly path: string;
  readonly rows: number;
  /** Removes the file. */
  close(): Promise<void>;
}

/** Reads all charges into a file; resolves to undefined when there are none. What went wrong while reading is thrown. */
export async function spoolCharges(
  charges: AsyncIterable<readonly Charge[]>,
): Promise<SpooledCharges | undefined> {
  const dir = await makeWorkDir();
  const close = () => rm(dir, { recursive: true, force: true });
  try {
    const path = join(dir, 'charges.csv');
    const rows = await write(path, charges);
    if (rows > 0) return { path, rows, close };
    await close();
    return undefined;
  } catch (error) {
    await close();
    throw error;
  }
}

/** Rows per piece of text: a page of an API may hold any number. */
const ROWS_AT_ONCE = 1_000;

async function write(path: string, charges: AsyncIterable<readonly Charge[]>): Promise<number> {
  let rows = 0;
  const unknown = new Set<Cost>(COSTS);
  async function* lines(): AsyncGenerator<string> {
    yield `${COLUMNS.join(',')}\n`;
    for await (const some of charges)
      for (let start = 0; start < some.length; start += ROWS_AT_ONCE) {
        const part = some.slice(start, start + ROWS_AT_ONCE);
        rows += part.length;
        for (const cost of unknown) if (part.some((charge) => charge[cost] !== null)) unknown.delete(cost);
        yield part.map(line).join('');
      }
  }
  // Waits for the disk, and ends both sides when either fails.
  await pipeline(lines, createWriteStream(path));
  if (unknown.size > 0) await disown(path, unknown);
  return rows;
}

/** A cost that no charge has is unknown, not zero: its column gets a name that means nothing, of the same length. */
async function disown(path: string, unknown: ReadonlySet<string>): Promise<void> {
  const names = COLUMNS.map((column) =>
    unknown.has(column) ? `x_No${column.slice(0, -'Cost'.length)}` : column,
  );
  const file = await open(path, 'r+');
  try {
    await file.write(names.join(','), 0);
  } finally {
    await file.close();
  }
}

/** The importer reads no longer rows. */
const LONGEST_ROW = 1_900_000;
/** What is left of a row that is longer: nobody reads a tag of a megabyte, but whoever can write one stops no bill. */
const CLIPPED = 200;
const MOST_TAGS = 500;

function line(charge: Charge): string {
  const whole = row(charge, (text) => text, charge.Tags);
  if (Buffer.byteLength(whole) <= LONGEST_ROW) return whole;
  const tags = Object.entries(charge.Tags).slice(0, MOST_TAGS);
  return row(charge, clip, Object.fromEntries(tags.map(([key, value]) => [clip(key), clip(value)])));
}

function clip(text: string): string {
  return text.length > CLIPPED ? `${text.slice(0, CLIPPED - 1)}…` : text;
}

function row(charge: Charge, cut: (text: string) => string, tags: Charge['Tags']): string {
  const period: Readonly<Record<string, Day>> = {
    BillingPeriodStart: charge.BillingPeriodStart,
    BillingPeriodEnd: addMonths(charge.BillingPeriodStart, 1),
    ChargePeriodStart: charge.ChargePeriodStart,
    ChargePeriodEnd: addDays(charge.ChargePeriodStart, 1),
  };
  const cells = COLUMNS.map((column) => {
    const day = period[column];
    if (day !== undefined) return `${day}T00:00:00Z`;
    if (column === 'Tags') return quoted(JSON.stringify(tags));
    const value = charge[column as keyof Charge];
    return typeof value === 'string' ? quoted(cut(value)) : '';
  });
  return `${cells.join(',')}\n`;
}

/** RFC 4180, section 2: every text in quotes, quotes doubled. A NUL would end the text for some readers. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""').replaceAll('\0', ' ')}"`;
}
