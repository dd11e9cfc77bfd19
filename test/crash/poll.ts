/**
 * Kills `pennywatch poll` with SIGKILL at seeded moments, against each source's stand-in with trouble in a fifth of
 * the requests, and starts it again until it is done: every sum as told by the truth, nothing counted twice.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { sources } from '../../src/sources/registry.ts';
import { sumsPerDay } from '../contracts/billing-source/expected.ts';
import { findStandIn } from '../sources/stand-in/find.ts';
import { createRandom } from '../sources/stand-in/random.ts';
import type { StandIn } from '../sources/stand-in/server.ts';
import { NOW, truthOf } from '../sources/stand-in/truth-of.ts';
import { countPolled, type Polled } from './count-polled.ts';
import { type PollCommand, startPoll } from './poll-life.ts';

export interface PollCrashOptions {
  readonly dir: string;
  /** Kills of each source's first life; 0: polls are left out. */
  readonly moments: number;
  readonly seed: number;
  /** Only these kinds. */
  readonly kinds?: readonly string[];
  readonly say: (line: string) => void;
}

const TROUBLE = 0.2;
/** Sources whose processes live and die beside one another. */
const AT_ONCE = 2;
/** A poll that is not done after so many lives never will be. */
const MOST_LIVES = 10;
/** The requests are answered faster than their answers are stored: some moments are a little later. */
const LONGEST_DELAY = 250;

/** How many went wrong. */
export async function crashPolls(options: PollCrashOptions): Promise<number> {
  if (options.moments === 0) return 0;
  const chosen = sources.filter(({ id }) => options.kinds?.includes(id) ?? true);
  const waiting = chosen.map(({ id }) => id);
  let wrong = 0;
  const next = async (): Promise<void> => {
    for (let kind = waiting.shift(); kind; kind = waiting.shift()) wrong += await crashSource(kind, options);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return wrong;
}

async function crashSource(kind: string, { dir, moments, seed, say }: PollCrashOptions): Promise<number> {
  const random = createRandom(seed * 1000 + kind.length);
  const start = await findStandIn(kind);
  const month = truthOf(kind);
  const truth = JSON.stringify(sumsPerDay(month));
  const standIn = await start();
  let wrong = 0;
  try {
    standIn.bill(month);
    const whole = await inWorld(dir, `${kind}-whole`, standIn, toTheEnd);
    const all = standIn.requests.length;
    const problems = compare(whole, { ...whole, 'bill per day': truth, 'allocated per day': truth });
    wrong += problems.length > 0 ? 1 : 0;
    say(`${kind}: without a crash ${all} requests, ${whole.facts} facts: ${problems.join('; ') || 'exact'}`);
    for (let moment = 1; moment <= moments; moment++) {
      standIn.trouble({ rate: TROUBLE, seed: seed + moment });
      const kills: number[] = [];
      const world = await inWorld(dir, `${kind}-${moment}`, standIn, async (poll) => {
        // Every other second life is killed as well.
        const deaths = moment % 2 === 0 ? 2 : 1;
        for (let death = 0; death < deaths; death++) {
          const requests = 1 + Math.floor(random() * all);
          const delay = random() < 0.5 ? 0 : random() * LONGEST_DELAY;
          if (await killed(poll, standIn, requests, delay)) kills.push(requests);
        }
        return deaths + (await toTheEnd(poll));
      });
      standIn.trouble(undefined);
      const found = compare(world, whole);
      wrong += found.length > 0 ? 1 : 0;
      const where =
        kills.length > 0 ? `killed at request ${kills.join(' and ')}` : 'done before it was killed';
      say(
        `${kind} ${moment}/${moments}: ${where} of about ${all}, ${world.lives} lives: ${found.join('; ') || 'as without a crash'}`,
      );
    }
  } finally {
    await standIn.close();
  }
  return wrong;
}

interface World extends Polled {
  readonly lives: string;
}

/** A configuration and a database of its own. */
async function inWorld(
  dir: string,
  name: string,
  standIn: StandIn,
  work: (poll: PollCommand) => Promise<number>,
): Promise<World> {
  const folder = join(dir, name);
  mkdirSync(folder, { recursive: true });
  const kind = name.replace(/-(whole|\d+)$/, '');
  const config = join(folder, 'pennywatch.yaml');
  writeFileSync(
    config,
    stringify({ sources: [{ name: 'polled', kind, historyMonths: 1, ...standIn.options }] }),
  );
  const db = `file:${join(folder, 'pennywatch.db')}`;
  const lives = await work({ config, db, now: NOW, source: 'polled', variables: standIn.variables });
  const polled = await countPolled(db);
  rmSync(folder, { recursive: true, force: true });
  return { ...polled, lives: String(lives) };
}

/** One life, killed once that many requests came and a while later; false when it was done before. */
async function killed(
  poll: PollCommand,
  standIn: StandIn,
  requests: number,
  delay: number,
): Promise<boolean> {
  const life = startPoll(poll);
  const until = standIn.requests.length + requests;
  let over = false;
  const ended = life.ended.finally(() => {
    over = true;
  });
  ended.catch(() => undefined);
  while (!over && standIn.requests.length < until) await sleep(1);
  await Promise.race([sleep(delay), ended]);
  life.kill();
  return (await ended).code === null;
}

/** Lives until one is done. */
async function toTheEnd(poll: PollCommand): Promise<number> {
  for (let life = 1; life <= MOST_LIVES; life++) {
    const { code, result } = await startPoll(poll).ended;
    if (code === 0) return life;
    if (life === MOST_LIVES) throw new Error(`${poll.source} is not done: ${JSON.stringify(result?.error)}`);
  }
  return MOST_LIVES;
}

function compare(found: Polled, expected: Polled): string[] {
  return Object.entries(expected)
    .filter(([what, value]) => what !== 'lives' && found[what] !== value)
    .map(([what, value]) => `${what} is ${found[what]?.slice(0, 200)} instead of ${value.slice(0, 200)}`);
}
