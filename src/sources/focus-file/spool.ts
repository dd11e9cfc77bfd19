/** Writes charges that an API delivered down as a FOCUS file, so that they go in by the same way as any bill. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
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

async function write(path: string, charges: AsyncIterable<readonly Charge[]>): Promise<number> {
  const file = createWriteStream(path);
  const failed = once(file, 'close');
  let rows = 0;
  try {
    file.write(`${COLUMNS.join(',')}\n`);
    for await (const some of charges) {
      rows += some.length;
      if (!file.write(some.map(line).join(''))) await once(file, 'drain');
    }
  } finally {
    file.end();
    await failed;
  }
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
