/** Is there room for the database to grow? */
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sqlitePath } from '../../store/open.ts';
import type { CheckStatus, DoctorCheck } from './types.ts';

const MB = 1_000_000;
const FULL = 100 * MB;
const TIGHT = 1_000 * MB;

export async function checkDisk(url: string): Promise<DoctorCheck> {
  const folder = existing(dirname(sqlitePath(url)));
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const status: CheckStatus = free < FULL ? 'fail' : free < TIGHT ? 'warn' : 'ok';
  const detail = `${size(free)} free in ${folder}.`;
  const named = { id: 'disk', title: 'Disk space', status, detail };
  return status === 'ok'
    ? named
    : { ...named, mend: 'Free some space there, or move the database with --db or DATABASE_URL.' };
}

/** The nearest folder that is there: the database's own may be made later. */
function existing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder));
}

function size(bytes: number): string {
  return bytes >= 1_000 * MB ? `${(bytes / (1_000 * MB)).toFixed(1)} GB` : `${Math.floor(bytes / MB)} MB`;
}
