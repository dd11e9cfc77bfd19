/** Judges a last line that has no line end: cut off, or only unended. */
import { AppError } from '../../core/errors.ts';
import { parseHeader } from './csv-header.ts';
import { meantColumn } from './focus-columns.ts';
import type { OpenedCsv } from './open-file.ts';
import type { Quarantine } from './quarantine.ts';
import { parseTags } from './tags.ts';

/** Throws INVALID when its row is broken or its last cell is half a set of tags; otherwise warns that it is unended. */
export function checkLastLine(path: string, file: OpenedCsv, bad: Quarantine): string[] {
  const last = file.scan.unended;
  if (!last) return [];
  const broken = bad.lines.find(({ line }) => line === last.line)?.reason;
  const reason = broken ?? (endsInTags(file, last.bytes) ? 'its Tags are incomplete' : undefined);
  if (reason !== undefined)
    throw new AppError('INVALID', `${path} looks cut off at line ${last.line}: ${reason}.`, {
      hint: 'Download or export it again. Nothing was imported.',
    });
  return ['The last line has no line end; if rows are missing, export the file again.'];
}

function endsInTags(file: OpenedCsv, bytes: Buffer): boolean {
  if (meantColumn(file.columns.at(-1) ?? '') !== 'Tags') return false;
  const cell = parseHeader(bytes, file.delimiter)[file.columns.length - 1];
  return !parseTags(cell === undefined || cell === 'NULL' ? null : cell).ok;
}
