/** Sends broken activities with a valid token, one after the other, and counts what became of them. */
import { inspect } from 'node:util';
import { AppError } from '../../src/core/errors.ts';
import type { Fault } from '../chat/teams/teams-stand-in-faults.ts';
import { APP_PASSWORD } from '../chat/teams/teams-stand-in-world.ts';
import { digestState } from './digest.ts';
import { type Json, mutate } from './mutate.ts';
import { createRandom } from './random.ts';
import { activityOf, strayIds } from './teams-payloads.ts';
import { MIGHTY, startTeamsWorld, type TeamsWorld } from './teams-world.ts';

export interface FuzzedTeams {
  readonly kinds: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  /** Sent by nobody with rights: after each of them the state must be what it was. */
  readonly powerless: number;
  /** Changes by people with rights. */
  readonly changes: number;
  readonly rejections: number;
  readonly errors: readonly string[];
  readonly wrongs: readonly string[];
}

/** Nothing that was taken out of an activity is filled in again. */
const BARE = Object.fromEntries(
  ['id', 'channelId', 'serviceUrl', 'timestamp', 'from', 'recipient', 'conversation', 'channelData'].map(
    (name) => [name, undefined],
  ),
);

export async function fuzzTeams({ count, seed }: { count: number; seed: number }): Promise<FuzzedTeams> {
  const random = createRandom(seed);
  const world = await startTeamsWorld();
  const ids = strayIds(world);
  const kinds: Record<string, number> = {};
  const statuses: Record<string, number> = {};
  const wrongs: string[] = [];
  let [powerless, changes, rejections] = [0, 0, 0];
  const onRejection = (reason: unknown) => {
    rejections += 1;
    wrongs.push(`unhandled: ${reason instanceof Error ? reason.stack : String(reason)}`);
  };
  process.on('unhandledRejection', onRejection);
  try {
    let digest = await digestState(world.context.store);
    for (let done = 0; done < count; done += 1) {
      const { kind, body: whole } = activityOf(random, world);
      const body = mutate(whole, random, ids, random.pick([0, 0, 1, 1, 2, 5]));
      const asked = world.running.asked.length;
      if (random.chance(0.2)) world.running.teams.failNext(random.pick(FAULTS));
      const answer = await world.running.teams.as('mira').sends({ ...BARE, ...(body as object) });
      await world.settle();
      kinds[kind] = (kinds[kind] ?? 0) + 1;
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      const shown = `${done}: ${JSON.stringify(body).slice(0, 1_200)}`;
      // 501 is what an invoke gets that nobody here answers.
      if (answer.status >= 500 && answer.status !== 501) wrongs.push(`HTTP ${answer.status} for ${shown}`);
      if (answer.status >= 400 && world.running.asked.length > asked) wrongs.push(`dispatched ${shown}`);
      const after = await digestState(world.context.store);
      if (mayChange(body)) changes += after === digest ? 0 : 1;
      else {
        powerless += 1;
        if (after !== digest) wrongs.push(`changed without authority by ${shown}`);
      }
      digest = after;
    }
    wrongs.push(...secretsIn(world));
    return { kinds, statuses, powerless, changes, rejections, errors: errorsOf(world), wrongs };
  } finally {
    process.off('unhandledRejection', onRejection);
    await world.close();
  }
}

/** What Teams may answer to any call of ours. */
const FAULTS: readonly Fault[] = [
  { status: 500 },
  { status: 502 },
  { status: 403, code: 'BotNotInConversationRoster' },
  { status: 413, code: 'MessageSizeTooBig' },
  { status: 429, retryAfter: 3 },
  { on: 'member', status: 404 },
  { lost: true },
  { cut: true },
];

/** Whether anybody with rights is named in it anywhere. */
function mayChange(body: Json): boolean {
  const text = JSON.stringify(body).toLowerCase();
  return MIGHTY.some((id) => text.includes(id));
}

/** Errors of ours that an activity brought to light; what Teams refuses is none. */
function errorsOf({ running }: TeamsWorld): string[] {
  const errors = running.log.filter(({ level }) => level === 'error');
  return [
    ...new Set(
      errors.flatMap(({ message, fields: { err } }) =>
        err instanceof AppError && err.code === 'UPSTREAM'
          ? []
          : [`${message}: ${err instanceof Error ? (err.stack ?? err.message) : JSON.stringify(err)}`],
      ),
    ),
  ];
}

/** Whether what is logged or shown holds a secret. */
function secretsIn({ running }: TeamsWorld): string[] {
  const told = inspect([running.log, running.teams.world.messages, running.asked], {
    depth: 20,
    maxArrayLength: null,
    maxStringLength: null,
  });
  return [APP_PASSWORD, 'Bearer ', 'eyJ', 'access_token'].filter((secret) => told.includes(secret));
}
