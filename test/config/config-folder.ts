/** A folder with a pennywatch.yaml in it, and what is wrong with that file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { AppError } from '../../src/core/errors.ts';
import type { Settings } from '../../src/core/settings.ts';

export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pennywatch-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

export function settingsFrom(yaml: string): Settings {
  return loadConfig({ cwd: folderWith({ 'pennywatch.yaml': yaml }), env: {} }).settings;
}

/** The lines of the error, without the first, which counts them. */
export function mistakesIn(yaml: string | Uint8Array, env: NodeJS.ProcessEnv = {}): string[] {
  return mistakesOf(() => loadConfig({ cwd: folderWith({ 'pennywatch.yaml': yaml }), env }));
}

export function mistakesOf(load: () => unknown): string[] {
  try {
    load();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'CONFIG') throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.slice(2));
  }
  return [];
}
