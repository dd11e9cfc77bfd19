/** Imports usage as one transaction: read, spell names as allocation does, replace whole days, prove that it adds up. */
import { msToDay } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import type { Context } from './context.ts';
import type { UsageImportParts, UsageImportRequest, UsageImportResult } from './import-usage/types.ts';
import { writeUsage } from './import-usage/write.ts';

/**
 * Imports the files and returns what was in them and what is stored now. What the source held of the same metrics
 * and days is replaced, so importing again changes nothing. Throws AppError when a file is refused; nothing is
 * changed then.
 */
export async function importUsage(
  context: Context,
  parts: UsageImportParts,
  request: UsageImportRequest,
): Promise<UsageImportResult> {
  const source = request.source ?? 'usage';
  if (request.files.length === 0)
    throw new AppError('INVALID', 'No file was named.', { hint: 'Write: pennywatch import usage FILE…' });
  if (source.trim() === '' || source.length > 60)
    throw new AppError('INVALID', `"${source.slice(0, 60)}" cannot name a source.`, {
      hint: 'Use 1 to 60 characters, for example --source serving-usage.',
    });
  const staged = await parts.source.fetch(parts.source.settings.parse({ files: request.files }), {
    today: msToDay(context.now()),
    onProgress: request.onProgress,
  });
  return context.store.$transaction((tx) => writeUsage(tx, context, parts, { ...request, source }, staged));
}
