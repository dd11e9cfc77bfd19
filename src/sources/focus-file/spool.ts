/** Writes charges that an API delivered down as a FOCUS file, so that they go in by the same way as any bill. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { addDays, addMonths, type Day } from '../../core/day.ts';
import { FOCUS_COLUMNS } from '../../core/settings.ts';
import type { Charge } from '../types.ts';
import { makeWorkDir } from '../work-dir.ts';

const COLUMNS = [
  ...FOCUS_COLUMNS,
  'BillingCurrency',
  'BillingPeriodStart',
  'BillingPeriodEnd',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
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
  async function* lines(): AsyncGenerator<string> {
    yield `${COLUMNS.join(',')}\n`;
    for await (const some of charges)
      for (let start = 0; start < some.length; start += ROWS_AT_ONCE) {
        const part = some.slice(start, start + ROWS_AT_ONCE);
        rows += part.length;
        yield part.map(line).join('');
      }
  }
  // Waits for the disk, and ends both sides when either fails.
  await pipeline(lines, createWriteStream(path));
  return rows;
}

function line(charge: Charge): string {
  const period: Readonly<Record<string, Day>> = {
    BillingPeriodStart: charge.BillingPeriodStart,
    BillingPeriodEnd: addMonths(charge.BillingPeriodStart, 1),
    ChargePeriodStart: charge.ChargePeriodStart,
    ChargePeriodEnd: addDays(charge.ChargePeriodStart, 1),
  };
  const cells = COLUMNS.map((column) => {
    const day = period[column];
    if (day !== undefined) return `${day}T00:00:00Z`;
    if (column === 'Tags') return quoted(JSON.stringify(charge.Tags));
    const value = charge[column as keyof Charge];
    return typeof value === 'string' ? quoted(value) : '';
  });
  return `${cells.join(',')}\n`;
}

/** RFC 4180, section 2: every text in quotes, quotes doubled. A NUL would end the text for some readers. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""').replaceAll('\0', ' ')}"`;
}
