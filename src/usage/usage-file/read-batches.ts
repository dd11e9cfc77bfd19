/** Reads an opened file a stretch at a time. */
import type { UsageRow } from '../../core/usage.ts';
import { type QuarantinedUsage, ROWS_PER_BATCH, type UsageBatch, type UsageFetchRequest } from '../types.ts';
import { type OpenedFile, textOf } from './open-file.ts';
import { readRow } from './read-row.ts';
import { readRecords, splitRecord } from './records.ts';

export async function* readBatches(
  file: OpenedFile,
  index: number,
  { today, onProgress }: UsageFetchRequest,
): AsyncGenerator<UsageBatch> {
  let rows: UsageRow[] = [];
  let quarantined: QuarantinedUsage[] = [];
  let rowsRead = 0;
  let characters = 0;
  let header = true;
  const batch = (): UsageBatch => {
    // Packed text is several times as long as its file: the bar then stands at its end for a while.
    onProgress?.({ what: 'reading', of: file.path, done: Math.min(1, characters / file.bytes) });
    const full = { file: index, rowsRead, rows, quarantined };
    [rows, quarantined, rowsRead] = [[], [], 0];
    return full;
  };
  for await (const { line, text } of readRecords(textOf(file))) {
    characters += text.length + 1;
    if (header) {
      header = false;
      continue;
    }
    rowsRead++;
    const values = splitRecord(text, file.layout.delimiter);
    const read = values ? readRow(values, file.layout, today) : { reason: 'its quotes do not fit' };
    if ('reason' in read) quarantined.push({ line, reason: read.reason });
    else rows.push(...read.rows);
    if (rows.length + quarantined.length >= ROWS_PER_BATCH) yield batch();
  }
  yield batch();
}
