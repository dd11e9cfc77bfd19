/** One channel's limit is nobody else's: told by the order of things, with a clock and waits in our hands. */
import { WebAPIRateLimitedError } from '@slack/web-api';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLimiter, type Limiter, type Urgency } from '../../../src/chat/slack/limiter.ts';

let clock: number;
let waits: { readonly ms: number; readonly end: () => void }[];
let limiter: Limiter;
let done: string[];

beforeEach(() => {
  clock = 1_000_000;
  waits = [];
  done = [];
  limiter = createLimiter(
    (ms) => new Promise((end) => waits.push({ ms, end })),
    () => clock,
  );
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

const limited = (seconds: number) => new WebAPIRateLimitedError(seconds);

/** A post to a channel; `refusals` are thrown first, one a try. */
function post(channel: string, name: string, urgency: Urgency = 'report', refusals: Error[] = []) {
  return limiter.run({ lane: channel, channel, urgency }, async () => {
    const refusal = refusals.shift();
    done.push(refusal ? `${name} refused` : name);
    if (refusal) throw refusal;
    return name;
  });
}

describe('a channel that is told to wait', () => {
  it('holds up its own messages, in order, and no other channel’s', async () => {
    const slow = [post('C1', 'one', 'report', [limited(30)]), post('C1', 'two')];
    const quick = Array.from({ length: 20 }, (_, index) => post(`C${index + 2}`, `c${index + 2}`));
    await settle();
    expect(waits.map(({ ms }) => ms)).toEqual([30_000]);
    expect(done).toHaveLength(21);
    expect(done).not.toContain('two');
    await Promise.all(quick);
    await pass();
    expect(await Promise.all(slow)).toEqual(['one', 'two']);
    expect(done.slice(-2)).toEqual(['one', 'two']);
  });

  it('is tried a few times, then given up in the queue’s favour', async () => {
    const hopeless = post('C1', 'one', 'report', [1, 2, 3, 4, 5].map(limited));
    const given = hopeless.catch((error: unknown) => error);
    const next = post('C1', 'two');
    for (let time = 0; time < 4; time += 1) {
      await settle();
      await pass();
    }
    expect(await given).toMatchObject({ retryAfter: 4 });
    expect(await next).toBe('two');
    expect(done).toEqual(['one refused', 'one refused', 'one refused', 'one refused', 'two']);
  });

  it('for long refuses at once until then, without asking Slack', async () => {
    await expect(post('C1', 'one', 'report', [limited(600)])).rejects.toMatchObject({ retryAfter: 600 });
    await expect(post('C1', 'two')).rejects.toMatchObject({ retryAfter: 600 });
    expect(await post('C2', 'other')).toBe('other');
    clock += 600_001;
    expect(await post('C1', 'three')).toBe('three');
    expect(done).toEqual(['one refused', 'other', 'three']);
  });
});

describe('the pace of a channel', () => {
  it('lets a short burst through, then one a second', async () => {
    const all = Array.from({ length: 6 }, (_, index) => post('C1', `m${index}`));
    await settle();
    expect(done).toEqual(['m0', 'm1', 'm2', 'm3']);
    expect(waits.map(({ ms }) => ms)).toEqual([1_000]);
    await pass();
    expect(done).toHaveLength(5);
    await pass();
    await Promise.all(all);
    clock += 60_000;
    const later = Array.from({ length: 4 }, (_, index) => post('C1', `later ${index}`));
    await Promise.all(later);
    expect(waits).toEqual([]);
  });

  it('puts people’s answers before reports that wait', async () => {
    const reports = Array.from({ length: 8 }, (_, index) => post('C1', `report ${index}`));
    await settle();
    const person = post('C1', 'answer', 'person');
    await pass();
    await pass();
    expect(done.indexOf('answer')).toBe(5);
    expect(await person).toBe('answer');
    for (let time = 0; time < 8; time += 1) await pass();
    await Promise.all(reports);
  });

  it('leaves private answers out of a wait of the channel’s posts', async () => {
    const report = post('C1', 'report', 'report', [limited(50)]);
    await settle();
    const turn = { lane: 'C1 privately', channel: 'C1', urgency: 'person' } as const;
    expect(await limiter.run(turn, async () => 'for you')).toBe('for you');
    await pass();
    await report;
  });
});

describe('methods without a channel', () => {
  it('share a wait among their own calls only', async () => {
    const call = (lane: string, name: string, refusals: Error[] = []) =>
      limiter.run({ lane, urgency: 'person' }, async () => {
        const refusal = refusals.shift();
        if (refusal) throw refusal;
        done.push(name);
      });
    const first = call('files.info', 'first', [limited(20)]);
    await settle();
    const second = call('files.info', 'second');
    await call('views.publish', 'home');
    await settle();
    expect(done).toEqual(['home']);
    await pass();
    await Promise.all([first, second]);
    expect(done.slice(1).sort()).toEqual(['first', 'second']);
  });
});

describe('memory', () => {
  it('keeps no lane that is idle', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, index) => post(`C${index}`, 'x')));
    expect(limiter.lanes()).toEqual([]);
    const waiting = post('C1', 'one', 'report', [limited(5)]);
    await settle();
    expect(limiter.lanes()).toEqual(['C1']);
    await pass();
    await waiting;
    expect(limiter.lanes()).toEqual([]);
  });

  it('does not let one channel’s queue grow without end', async () => {
    const blocked = post('C1', 'one', 'report', [limited(5)]);
    await settle();
    const queued = Array.from({ length: 200 }, (_, index) => post('C1', `q${index}`));
    await expect(post('C1', 'too many')).rejects.toMatchObject({ code: 'UPSTREAM' });
    for (let time = 0; time < 210; time += 1) await pass();
    await Promise.all([blocked, ...queued]);
    expect(done).toHaveLength(202);
  });

  it('passes on what is no rate limit, and goes on', async () => {
    await expect(post('C1', 'one', 'report', [new Error('no')])).rejects.toThrow('no');
    expect(await post('C1', 'two')).toBe('two');
  });
});
