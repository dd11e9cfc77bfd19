/** Usage source: CSV files on disk, plain or gzipped. */
import { z } from 'zod';
import { AppError, describeError } from '../../core/errors.ts';
import type { UsageSource } from '../types.ts';
import { type OpenedFile, openFile } from './open-file.ts';
import { readBatches } from './read-batches.ts';

export const UsageFileSettings = z.object({ files: z.array(z.string().min(1)).min(1) });
export type UsageFileSettings = z.infer<typeof UsageFileSettings>;

export const usageFile = {
  id: 'usage-file',
  title: 'Usage files (CSV)',
  settings: UsageFileSettings,
  permissions: ['read the files'],

  async check({ files }) {
    for (const path of files)
      try {
        await openFile(path);
      } catch (error) {
        if (!(error instanceof AppError)) return { ok: false, reason: describeError(error) };
        return { ok: false, reason: error.message, hint: error.hint };
      }
    return { ok: true };
  },

  async fetch({ files }, request) {
    const opened: OpenedFile[] = [];
    for (const path of files) {
      request.onProgress?.({ what: 'checking', of: path, done: 0 });
      const file = await openFile(path);
      const twin = opened.find(({ sha256 }) => sha256 === file.sha256);
      if (twin)
        throw new AppError('INVALID', `${path} has the same content as ${twin.path}.`, {
          hint: 'It would count twice: name it once. Nothing was imported.',
        });
      opened.push(file);
    }
    return {
      files: opened.map(({ path, sha256, format, layout }) => ({
        path,
        sha256,
        format,
        warnings: layout.warnings,
      })),
      async *read() {
        for (const [index, file] of opened.entries()) yield* readBatches(file, index, request);
      },
    };
  },
} satisfies UsageSource<UsageFileSettings>;
