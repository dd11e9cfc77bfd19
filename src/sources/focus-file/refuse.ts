/** Says what a file is when it is not a bill: told by its first bytes, before anything is read. */
import { AppError } from '../../core/errors.ts';

const KINDS: readonly { readonly magic: readonly number[]; readonly what: string; readonly hint: string }[] =
  [
    {
      magic: [0x50, 0x4b, 0x03, 0x04],
      what: 'a ZIP archive or an Excel workbook',
      hint: 'Unpack it, or save the sheet as CSV.',
    },
    { magic: [0x28, 0xb5, 0x2f, 0xfd], what: 'packed with zstd', hint: 'Unpack it first: unzstd FILE.' },
    { magic: [0x42, 0x5a, 0x68], what: 'packed with bzip2', hint: 'Unpack it first: bunzip2 FILE.' },
    { magic: [0xff, 0xfe], what: 'UTF-16 text', hint: 'Save it as UTF-8 CSV.' },
    { magic: [0xfe, 0xff], what: 'UTF-16 text', hint: 'Save it as UTF-8 CSV.' },
    {
      magic: [0x25, 0x50, 0x44, 0x46],
      what: 'a PDF document',
      hint: 'Export the charges as FOCUS CSV or Parquet.',
    },
  ];

/** Throws INVALID when a file with these first bytes cannot be CSV, gzip or Parquet. */
export function refuseStart(path: string, start: Buffer): void {
  const kind = KINDS.find(({ magic }) => magic.every((byte, index) => start[index] === byte));
  if (kind) throw new AppError('INVALID', `${path} is ${kind.what}.`, { hint: kind.hint });
  const packedOrParquet =
    (start[0] === 0x1f && start[1] === 0x8b) || start.subarray(0, 4).toString('latin1') === 'PAR1';
  if (packedOrParquet) return;
  if (/^(\ufeff)?\s*[[{]/.test(start.toString('utf8')))
    throw new AppError('INVALID', `${path} is JSON.`, {
      hint: 'Export the charges as FOCUS CSV or Parquet.',
    });
  const nulls = start.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  if (nulls > start.length / 4)
    throw new AppError('INVALID', `${path} is UTF-16 text or not text at all.`, {
      hint: 'Save it as UTF-8 CSV.',
    });
  if (nulls > 0)
    throw new AppError('INVALID', `${path} is a binary file, not CSV, gzip or Parquet.`, {
      hint: 'Export the charges as FOCUS CSV (also .gz) or Parquet.',
    });
}
