/** Billing source: FOCUS files on disk (CSV, gzip, Parquet). */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError, describeError } from '../../core/errors.ts';
import type { FileSource } from '../types.ts';
import { makeWorkDir } from '../work-dir.ts';
import { openDuck } from './duck.ts';
import { lookAt, openFile } from './open-file.ts';
import { stageFiles } from './stage.ts';

export const FocusFileSettings = z.object({ files: z.array(z.string().min(1)).min(1) });
export type FocusFileSettings = z.infer<typeof FocusFileSettings>;

export const focusFile = {
  id: 'focus-file',
  title: 'FOCUS files',
  settings: FocusFileSettings,
  permissions: ['read the files'],

  async check({ files }) {
    return inWorkDir(async (workDir) => {
      for (const [number, path] of files.entries()) {
        try {
          await openFile(path, await lookAt(path), { workDir, number, onProgress: () => undefined });
        } catch (error) {
          if (!(error instanceof AppError)) return { ok: false, reason: describeError(error) };
          return { ok: false, reason: error.message, hint: error.hint };
        }
      }
      return { ok: true };
    });
  },

  async fetch({ files }, request) {
    const workDir = await makeWorkDir();
    const duck = await openDuck(join(workDir, 'spill'));
    try {
      return await stageFiles(duck, workDir, files, request);
    } catch (error) {
      duck.close();
      await rm(workDir, { recursive: true, force: true });
      throw error;
    }
  },
} satisfies FileSource<FocusFileSettings>;

async function inWorkDir<T>(run: (workDir: string) => Promise<T>): Promise<T> {
  const workDir = await makeWorkDir();
  try {
    return await run(workDir);
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}
