/** Finds and reads pennywatch.yaml. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Problem } from './problem.ts';

const NAME = 'pennywatch.yaml';
const MAX_BYTES = 5_000_000;

export interface ConfigFile {
  /** As a person would name it, for messages. */
  readonly shown: string;
  readonly path?: string;
  readonly text?: string;
  readonly problems: readonly Problem[];
}

/** The named file, or ./pennywatch.yaml where none is named; a file nobody named may be absent. */
export function readConfigFile(named: string | undefined, cwd: string): ConfigFile {
  const shown = named ?? NAME;
  const path = resolve(cwd, shown);
  const size = sizeOf(path);
  if (size === undefined) {
    if (named !== undefined)
      return wrong(
        shown,
        'found no such file, expected the configuration. Check --config, or leave it out to use ./pennywatch.yaml',
      );
    if (sizeOf(resolve(cwd, 'pennywatch.yml')) !== undefined)
      return wrong('pennywatch.yml', `found pennywatch.yml, expected the name ${NAME}: rename the file`);
    return { shown, problems: [] };
  }
  if (size === 'folder') return wrong(shown, 'found a folder, expected a file');
  if (size > MAX_BYTES)
    return wrong(
      shown,
      `found ${size.toLocaleString('en-US')} bytes, expected at most ${MAX_BYTES.toLocaleString('en-US')}`,
    );
  try {
    return {
      shown,
      path,
      text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)),
      problems: [],
    };
  } catch (cause) {
    if (cause instanceof TypeError)
      return wrong(
        shown,
        'found bytes that are not UTF-8, expected UTF-8 text: save the file in that encoding',
      );
    return wrong(
      shown,
      `cannot be read (${cause instanceof Error ? cause.message : String(cause)}), expected a readable file`,
    );
  }
}

function wrong(shown: string, message: string): ConfigFile {
  return { shown, problems: [{ message }] };
}

function sizeOf(path: string): number | 'folder' | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return undefined;
  return stats.isDirectory() ? 'folder' : stats.size;
}
