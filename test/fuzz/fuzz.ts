/** Sends broken payloads with a valid signature, one after the other, and counts what became of them. */
import { digestState, wrongs } from './digest.ts';
import { type Json, mutate } from './mutate.ts';
import { payloadOf, type Sent, stolenIds } from './payloads.ts';
import { PRIVILEGED } from './people.ts';
import { createRandom } from './random.ts';
import { startWorld, type World } from './world.ts';

export interface Fuzzed {
  readonly payloads: number;
  /** How many of each kind, and of each HTTP status. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  /** Sent by nobody with rights: after each of them the state must be what it was. */
  readonly powerless: number;
  /** Changes by people with rights. */
  readonly changes: number;
  /** Refusals written into the audit. */
  readonly refusals: number;
  readonly rejections: number;
  /** Errors of ours, and whatever else is wrong, in words. */
  readonly errors: readonly string[];
  readonly wrongs: readonly string[];
}

export interface FuzzOptions {
  readonly count: number;
  readonly seed: number;
  onProgress?(done: number): void;
}

export async function fuzz({ count, seed, onProgress }: FuzzOptions): Promise<Fuzzed> {
  const random = createRandom(seed);
  const world = await startWorld();
  const ids = stolenIds(world);
  const kinds: Record<string, number> = {};
  const statuses: Record<string, number> = {};
  const found: string[] = [];
  let [powerless, changes, rejections] = [0, 0, 0];
  const onRejection = (reason: unknown) => {
    rejections += 1;
    found.push(`unhandled: ${reason instanceof Error ? reason.stack : String(reason)}`);
  };
  process.on('unhandledRejection', onRejection);
  try {
    let digest = await digestState(world.context.store);
    for (let done = 0; done < count; done += 1) {
      const sent = payloadOf(random, world.slack, world);
      const times = random.pick([0, 1, 1, 2, 3, 8]);
      const body = mutate(sent.body, random, ids, times);
      const status = await send(world, { ...sent, body }, done);
      await world.settle();
      count1(kinds, sent.kind);
      count1(statuses, String(status));
      if (status >= 500)
        found.push(`HTTP ${status} for payload ${done}: ${JSON.stringify(body).slice(0, 500)}`);
      const after = await digestState(world.context.store);
      if (mayChange(body)) changes += after === digest ? 0 : 1;
      else {
        powerless += 1;
        if (after !== digest)
          found.push(`changed without authority by payload ${done}: ${JSON.stringify(body).slice(0, 1_500)}`);
      }
      digest = after;
      // What the stand-in remembers of ten thousand answers is of no use here.
      world.slack.calls.length = 0;
      if (done % 500 === 499) onProgress?.(done + 1);
    }
    const { store } = world.context;
    return {
      payloads: count,
      kinds,
      statuses,
      powerless,
      changes,
      refusals: await store.auditEntry.count({ where: { action: { startsWith: 'refused.' } } }),
      rejections,
      errors: [...new Set(world.errors)],
      wrongs: [...found, ...(await wrongs(store))],
    };
  } finally {
    process.off('unhandledRejection', onRejection);
    await world.close();
  }
}

/** Whether anybody with rights is named in it anywhere, in our own workspace. */
function mayChange(body: Json): boolean {
  const text = JSON.stringify(body);
  return PRIVILEGED.some((id) => text.includes(id)) && !isForeign(body);
}

function isForeign(body: Json): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  const { team, team_id: id } = body as Record<string, Json>;
  const inner =
    typeof team === 'object' && team !== null && !Array.isArray(team)
      ? (team as Record<string, Json>).id
      : undefined;
  return id === 'T9' || inner === 'T9';
}

function count1(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** Signed as Slack signs it; the number keeps two equal payloads from being one request sent twice. */
async function send({ app }: World, { body, as, kind }: Sent, number: number): Promise<number> {
  const encoded = encode(body, as, kind);
  const text = as === 'json' ? `${encoded}${' '.repeat((number % 50) + 1)}` : `${encoded}&n=${number}`;
  const type = as === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  return app.post(text, type);
}

function encode(body: Json, as: Sent['as'], kind: string): string {
  if (as === 'json') return JSON.stringify(body);
  if (kind !== 'command') return new URLSearchParams({ payload: JSON.stringify(body) }).toString();
  const fields =
    typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.entries(body) : [];
  return new URLSearchParams(
    fields.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  ).toString();
}
