/** The whole command `pennywatch poll aws-cost-explorer --json` against a stand-in, beside a bare loop of AWS's client. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { addDays, eachDay } from '../../src/core/day.ts';
import type { PollResult } from '../../src/flows/poll/types.ts';
import { findStandIn } from '../sources/stand-in/find.ts';
import type { StandIn, StandInRequest } from '../sources/stand-in/server.ts';
import { truthCharges } from '../sources/stand-in/truth.ts';
import { NOW, TODAY } from '../sources/stand-in/truth-of.ts';
import { type Measured, runMeasured } from './poll/measured.ts';
import type { BenchLine, BenchOptions } from './types.ts';

const ROUNDS = 3;
const DAYS = 65;
const SERVICES = 24;
const ACCOUNTS = 8;
const MIB = 1024 ** 2;

/** Each figure is the best of three; both programs send the same requests to the same stand-in. */
export async function run({ dir, quick, say }: BenchOptions): Promise<BenchLine[]> {
  const standIn = await (await findStandIn('aws-cost-explorer'))();
  try {
    standIn.bill(
      truthCharges({
        start: addDays(TODAY, 1 - DAYS),
        end: TODAY,
        services: SERVICES,
        accounts: Array.from({ length: ACCOUNTS }, (_, index) => String(111_111_111_111 + index)),
      }),
    );
    const polls: Measured[] = [];
    const bare: Measured[] = [];
    let [result, requests]: [PollResult | undefined, readonly StandInRequest[]] = [undefined, []];
    for (let round = 0; round < (quick ? 1 : ROUNDS); round++) {
      say(`poll: round ${round + 1}`);
      const before = standIn.requests.length;
      const polled = await poll(dir, round, standIn);
      polls.push(polled);
      result = check(polled);
      requests = standIn.requests.slice(before);
      bare.push(await sendAgain(dir, requests, standIn));
    }
    return linesOf(polls, bare, result, requests);
  } finally {
    await standIn.close();
  }
}

/** With its default settings and an empty database. */
async function poll(dir: string, round: number, standIn: StandIn): Promise<Measured> {
  const config = join(dir, 'pennywatch.yaml');
  writeFileSync(config, 'organisation: Bench\n');
  const cli = resolve(import.meta.dirname, '../../dist/cli.js');
  const db = `file:${join(dir, `poll-${round}.db`)}`;
  const args = ['poll', 'aws-cost-explorer', '--json', '--config', config, '--db', db, '--now', NOW];
  return runMeasured([cli, ...args], standIn.variables);
}

/** A poll that lost a service or a day is quick: it does not count. */
function check({ code, out }: Measured): PollResult {
  const result: PollResult = JSON.parse(out);
  const services = new Set(result.byService.map(({ service }) => service)).size;
  const days = new Set(result.byDay.map(({ day }) => day));
  const missing = eachDay(addDays(TODAY, 1 - DAYS), TODAY).filter((day) => !days.has(day));
  if (code !== 0 || services < SERVICES || missing.length > 0)
    throw new Error(
      `The poll ended with ${code}, ${services} services, without ${missing.join(', ') || 'no day'}: ${JSON.stringify(result.error)}`,
    );
  return result;
}

async function sendAgain(
  dir: string,
  requests: readonly StandInRequest[],
  standIn: StandIn,
): Promise<Measured> {
  const file = join(dir, 'requests.json');
  const again = requests.map(({ headers, body }) => ({
    operation: String(headers['x-amz-target']).split('.').at(-1),
    input: JSON.parse(body),
  }));
  writeFileSync(file, JSON.stringify(again));
  const measured = await runMeasured([join(import.meta.dirname, 'poll/bare.mjs'), file], standIn.variables);
  if (measured.code !== 0) throw new Error('The bare loop failed.');
  return measured;
}

function linesOf(
  polls: readonly Measured[],
  bare: readonly Measured[],
  result: PollResult | undefined,
  requests: readonly StandInRequest[],
): BenchLine[] {
  const best = (all: readonly Measured[], what: 'ms' | 'rss') => Math.min(...all.map((one) => one[what]));
  const most = (all: readonly Measured[]) => Math.max(...all.map(({ rss }) => rss)) / MIB;
  const name = 'pennywatch poll aws-cost-explorer';
  const pages = requests.filter(({ body }) => body.includes('NextPageToken')).length;
  const rows = result?.batches.reduce((sum, batch) => sum + batch.rows, 0) ?? 0;
  return [
    {
      name: `${name}, ${DAYS} days × ${SERVICES} services`,
      value: best(polls, 'ms') / 1000,
      unit: 's',
      baseline: { name: "bare loop of AWS's client over the same requests", value: best(bare, 'ms') / 1000 },
      note: `the whole command with ${ACCOUNTS} accounts and its tags from an empty database, default settings; ${rows.toLocaleString('en-US')} charges stored`,
    },
    {
      name: `${name}, memory`,
      value: most(polls),
      unit: 'MiB RSS',
      baseline: { name: 'bare loop', value: most(bare) },
    },
    {
      name: `${name}, requests`,
      value: requests.length,
      unit: 'requests',
      note: `${pages} of them for a next page; AWS takes ${result?.requests.cost} ${result?.requests.currency} for them`,
    },
  ];
}
