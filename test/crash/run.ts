/**
 * npm run crash [-- --moments 50 --polls 4 --seed 1 --only openai]: kills the server while it imports and reports, and
 * `pennywatch poll` while it fetches (so many times per source), and starts them again: every message once, every bill
 * once, every sum as without a crash. --only names sources and leaves the server out.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crashPolls } from './poll.ts';
import { crashServer } from './server.ts';

const { values } = parseArgs({
  options: {
    moments: { type: 'string', default: '50' },
    polls: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true },
  },
});
const dir = mkdtempSync(join(tmpdir(), 'pennywatch-crash-'));
const shared = {
  dir,
  seed: Number(values.seed),
  say: (line: string) => void process.stdout.write(`${line}\n`),
};
const server = values.only ? 0 : await crashServer({ ...shared, moments: Number(values.moments) });
const polls = await crashPolls({
  ...shared,
  moments: Number(values.polls),
  ...(values.only && { kinds: values.only }),
});
rmSync(dir, { recursive: true, force: true });
process.exitCode = server + polls > 0 ? 1 : 0;
