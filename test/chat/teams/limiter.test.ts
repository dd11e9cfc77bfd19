/** One conversation's limit is nobody else's: told by the order of things, with a clock and waits in our hands. */
import { beforeEach, describe, expect, it } from 'vitest';
import { type RefusalFacts, TeamsRefusal } from '../../../src/chat/teams/errors.ts';
import { createLimiter, type Limiter, type Turn, type Urgency } from '../../../src/chat/teams/limiter.ts';

let clock: number;
let waits: { readonly ms: number; readonly end: () => void }[];
let limiter: Limiter;
let done: string[];
let chance: number;

beforeEach(() => {
  clock = 1_000_000;
  waits = [];
  done = [];
  chance = 1;
  limiter = createLimiter({
    wait: (ms) => new Promise((end) => waits.push({ ms, end })),
    now: () => clock,
    random: () => chance,
  });
});

/** Lets everything run that does not wait for the clock. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((go) => setImmediate(go));
}

/** Ends all waits under way, the clock moving by the longest. */
async function pass(): Promise<void> {
  const over = waits;
  waits = [];
  clock += Math.max(0, ...over.map(({ ms }) => ms));
  for (const { end } of over) end();
  await settle();
}

const refusal = (facts: Partial<RefusalFacts>) => new TeamsRefusal('no', { uncertain: false, ...facts });
const limited = (seconds?: number) =>
  refusal({ status: 429, ...(seconds === undefined ? {} : { retryAfter: seconds * 1_000 }) });
const turn = (lane: string, more: Partial<Turn> = {}): Turn => ({
  lane,
  tenant: lane,
  urgency: 'report',
  writes: true,
  repeatable: false,
  ...more,
});

/** A message to a conversation; `refusals` are thrown first, one a try. */
function send(lane: string, name: string, refusals: Error[] = [], more: Partial<Turn> = {}) {
  return limiter.run(turn(lane, more), async () => {
    const refused = refusals.shift();
    done.push(refused ? `${name} refused` : name);
    if (refused) throw refused;
    return name;
  });
}

describe('a conversation that is told to wait', () => {
  it('holds up its own messages, in order, and no other conversation’s', async () => {
    const slow = [send('C1', 'one', [limited(30)]), send('C1', 'two')];
    const quick = Array.from({ length: 20 }, (_, index) => send(`D${index}`, `d${index}`));
    await settle();
    expect(waits.map(({ ms }) => ms)).toEqual([30_000]);
    expect(done).toHaveLength(21);
    expect(done).not.toContain('two');
    await Promise.all(quick);
    await pass();
    expect(await Promise.all(slow)).toEqual(['one', 'two']);
    expect(done.slice(-2)).toEqual(['one', 'two']);
  });

  it.each([
    [0, [500, 1_000, 2_000, 4_000]],
    [1, [1_000, 2_000, 4_000, 8_000]],
  ])('backs off twice as long each time, with chance %d, five tries in all', async (random, expected) => {
    chance = random;
    const failed = send(
      'C1',
      'one',
      Array.from({ length: 9 }, () => refusal({ status: 502 })),
    ).catch((error: unknown) => error);
    const next = send('C1', 'two');
    const waited: number[] = [];
    for (let time = 0; time < 4; time += 1) {
      await settle();
      waited.push(...waits.map(({ ms }) => ms));
      await pass();
    }
    expect(waited).toEqual(expected);
    expect(await failed).toMatchObject({ facts: { status: 502 } });
    expect(await next).toBe('two');
    expect(done.filter((one) => one === 'one refused')).toHaveLength(5);
  });

  it('for long refuses at once until then, without asking Teams', async () => {
    await expect(send('C1', 'one', [limited(600)])).rejects.toMatchObject({ facts: { retryAfter: 600_000 } });
    await expect(send('C1', 'two')).rejects.toMatchObject({ facts: { retryAfter: 600_000 } });
    expect(await send('C2', 'other')).toBe('other');
    clock += 600_001;
    expect(await send('C1', 'three')).toBe('three');
    expect(done).toEqual(['one refused', 'other', 'three']);
  });

  it('does not make a person wait as long as a report', async () => {
    await expect(send('C1', 'answer', [limited(25)], { urgency: 'person' })).rejects.toMatchObject({
      facts: { status: 429 },
    });
    const report = send('C1', 'report', [limited(25)]);
    await settle();
    await pass();
    expect(await report).toBe('report');
  });
});

describe('what is not a request to wait', () => {
  it.each([
    ['a refusal', refusal({ status: 403 })],
    ['a lost answer', refusal({ uncertain: true })],
    ['a server error', refusal({ status: 500, uncertain: true })],
    ['anything else', new Error('no')],
  ])('is passed on at once: %s', async (_, error) => {
    await expect(send('C1', 'one', [error])).rejects.toBe(error);
    expect(await send('C1', 'two')).toBe('two');
    expect(waits).toEqual([]);
  });

  it('is tried again where doing it twice is doing it once', async () => {
    const lost = () => refusal({ uncertain: true });
    const found = send('C1', 'ask', [lost(), refusal({ status: 500, uncertain: true })], {
      repeatable: true,
    });
    await settle();
    await pass();
    await pass();
    expect(await found).toBe('ask');
    const failed = send('C1', 'again', [lost(), lost(), lost()], { repeatable: true }).catch(
      () => 'given up',
    );
    for (let time = 0; time < 3; time += 1) {
      await settle();
      await pass();
    }
    expect(await failed).toBe('given up');
  });
});

describe('the pace', () => {
  const many = (count: number, name: string, urgency: Urgency = 'report') =>
    Array.from({ length: count }, (_, index) => send('C1', `${name} ${index}`, [], { urgency }));

  it('of a conversation is 7 messages a second, 8 in two, 60 in half a minute', async () => {
    const all = many(61, 'm');
    await settle();
    expect(done).toEqual(Array.from({ length: 7 }, (_, index) => `m ${index}`));
    await pass();
    expect(done).toHaveLength(8);
    for (let time = 0; time < 60; time += 1) await pass();
    await Promise.all(all);
    expect(done).toHaveLength(61);
    expect(clock - 1_000_000).toBeGreaterThanOrEqual(30_000);
    expect(clock - 1_000_000).toBeLessThan(32_000);
  });

  it('puts people’s answers before reports that wait', async () => {
    const reports = many(12, 'report');
    await settle();
    expect(done).toHaveLength(7);
    const answer = send('C1', 'answer', [], { urgency: 'person' });
    await pass();
    await pass();
    expect(done.indexOf('answer')).toBe(8);
    for (let time = 0; time < 12; time += 1) await pass();
    await Promise.all([...reports, answer]);
  });

  it('of questions is their own: they neither wait for messages nor for one another', async () => {
    const waiting = send('C1', 'one', [limited(30)]);
    await settle();
    const ask = (name: string) =>
      limiter.run(turn('C1', { writes: false }), async () => {
        done.push(name);
      });
    await Promise.all([ask('who'), ask('where')]);
    expect(done).toEqual(['one refused', 'who', 'where']);
    await pass();
    await waiting;
  });

  it('of an organisation is 30 calls a second, whatever the conversations', async () => {
    const all = Array.from({ length: 31 }, (_, index) => send(`C${index}`, `c${index}`, [], { tenant: 'T' }));
    await settle();
    expect(done).toHaveLength(30);
    expect(waits.map(({ ms }) => ms)).toEqual([1_000]);
    await pass();
    await Promise.all(all);
  });
});

describe('memory', () => {
  it('keeps no lane that is idle', async () => {
    await Promise.all(Array.from({ length: 25 }, (_, index) => send(`C${index}`, 'x')));
    expect(limiter.lanes()).toEqual([]);
    const waiting = send('C1', 'one', [limited(5)]);
    await settle();
    expect(limiter.lanes()).toEqual(['C1']);
    await pass();
    await waiting;
    expect(limiter.lanes()).toEqual([]);
  });

  it('does not let one conversation’s queue grow without end', async () => {
    const blocked = send('C1', 'one', [limited(5)]);
    await settle();
    const queued = Array.from({ length: 200 }, (_, index) =>
      send('C1', `q${index}`).catch(() => 'not in an hour'),
    );
    await expect(send('C1', 'too many')).rejects.toMatchObject({ code: 'UPSTREAM' });
    for (let time = 0; time < 300; time += 1) await pass();
    await Promise.all([blocked, ...queued]);
    expect(done).toHaveLength(202);
  });
});
