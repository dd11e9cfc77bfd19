/** What polling needs of the concrete parts: sources, the importer, the environment, who is alive. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { readVariable } from '../config.ts';
import { AppError } from '../core/errors.ts';
import { allocateDays } from '../flows/allocate.ts';
import type { PollParts } from '../flows/poll/types.ts';
import { focusFile } from '../sources/focus-file/index.ts';
import { spoolCharges } from '../sources/focus-file/spool.ts';
import { sources } from '../sources/registry.ts';

/** Names this process among all that may poll: host, process, and one of its lives. */
export const CLAIMANT = `${hostname()} ${process.pid} ${randomBytes(6).toString('base64url')}`;

export function createPollParts(changed: Partial<PollParts> = {}): PollParts {
  return {
    importing: { source: focusFile, allocate: allocateDays },
    spool: spoolCharges,
    findSource(kind) {
      const found = sources.find(({ id }) => id === kind);
      if (!found) throw new AppError('CONFIG', `There is no source of the kind "${kind}".`);
      return found;
    },
    variable: readVariable,
    random: Math.random,
    pace: 1,
    owner: CLAIMANT,
    isAlive,
    ...changed,
  };
}

/** Another host cannot be looked at: its lease ends by itself. */
export function isAlive(owner: string): boolean {
  const [host, pid] = owner.split(' ');
  if (host !== hostname()) return true;
  // A container that starts again has the same process number: then it is an earlier life.
  if (Number(pid) === process.pid) return owner === CLAIMANT;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
