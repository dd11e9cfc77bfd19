/** Temporary folders named after their process, so that the next import removes what a killed one left behind. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = /^pennywatch-import-(\d+)-/;

/** Makes a folder for unpacked copies and DuckDB's spilling; `base` is the system's folder for such things. */
export async function makeWorkDir(base: string = tmpdir()): Promise<string> {
  await sweep(base);
  return mkdtemp(join(base, `pennywatch-import-${process.pid}-`));
}

/** Folders that cannot be removed (another user's) stay: they are in nobody's way. */
async function sweep(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    const [, owner] = NAME.exec(name) ?? [];
    if (owner !== undefined && !isAlive(Number(owner)))
      await rm(join(base, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A process that may not be signalled exists. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
