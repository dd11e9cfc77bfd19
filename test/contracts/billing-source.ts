/** What every billing source must do: the same synthetic month, exact to the micro, whatever happens on the way. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '../../src/core/day.ts';
import type { PollResult } from '../../src/flows/poll/types.ts';
import type { AnySource } from '../../src/sources/types.ts';
import type { StartStandIn } from '../sources/stand-in/find.ts';
import type { StandIn } from '../sources/stand-in/server.ts';
import type { TruthCharge } from '../sources/stand-in/truth.ts';
import { FIRST_DAY, TODAY } from '../sources/stand-in/truth-of.ts';
import { microsOf, sumsPerDay, totalsOf } from './billing-source/expected.ts';
import { openWorld, secretsOf, type World } from './billing-source/world.ts';

export interface SourceUnderTest {
  readonly source: AnySource;
  readonly start: StartStandIn;
  /** What it bills, up to today. */
  readonly truth: readonly TruthCharge[];
}

const SIGN_IN = /token|oauth|openid|discovery/i;
/** A fifth of all requests meets trouble. */
const TROUBLE = 0.2;

export function testBillingSource({ source, start, truth: month }: SourceUnderTest): void {
  describe(`contract: ${source.id}`, () => {
    let standIn: StandIn;
    let world: World;
    beforeEach(async () => {
      standIn = await start();
      standIn.bill(month);
      world = await openWorld(source, standIn);
    });
    afterEach(async () => {
      await world?.close();
      await standIn?.close();
    });

    it('brings in a synthetic month exactly, once, and follows a day that is restated twice', async () => {
      const first = await world.poll();
      expect(first).toMatchObject({
        error: null,
        status: 'done',
        restated: [],
        reconciliation: { ok: true },
      });
      expect(first.history).toEqual({ from: FIRST_DAY, wanted: FIRST_DAY, complete: true });
      await expectStored(world, month);
      expectResult(first, month);
      expect(first.watermark).toBe(addDays(TODAY, -source.about.lagDays));
      // Signing in is not asking.
      const asked = standIn.requests.filter(({ url }) => !SIGN_IN.test(url.pathname));
      expect(first.requests.sent).toBe(asked.length);

      const facts = await world.rows('CostFact');
      const second = await world.poll();
      expect(second).toMatchObject({ error: null, status: 'done', restated: [] });
      await expectStored(world, month);
      expect(await world.rows('CostFact')).toBe(facts);
      expect(second.requests.sent).toBeLessThanOrEqual(first.requests.sent);

      let before = month;
      for (const amount of ['111.5', '7.25']) {
        const after = await restate(world, standIn, before, addDays(TODAY, -source.about.lagDays), amount);
        await expectStored(world, after);
        before = after;
      }
      expect(await world.rows('Restatement')).toBe(2);
    });

    it('is exact when a fifth of its requests meets trouble', async () => {
      standIn.trouble({ rate: TROUBLE, seed: 1 });
      const result = await world.poll();
      expect(result).toMatchObject({ error: null, status: 'done', history: { complete: true } });
      await expectStored(world, month);
    });

    it('fails in words, gives no secret away, stores nothing, and recovers', async () => {
      const results: PollResult[] = [];
      for (const kind of ['truncated', 'dropped', 'error503'] as const) {
        standIn.trouble({ rate: 1, seed: 1, kinds: [kind] });
        const result = await world.poll();
        expect(result, kind).toMatchObject({
          status: 'failed',
          error: { code: 'UPSTREAM' },
          watermark: null,
        });
        expect(result.requests.failed, kind).toBeGreaterThan(0);
        results.push(result);
      }
      standIn.trouble(undefined);
      standIn.revoke(true);
      const refused = await world.poll();
      expect(refused).toMatchObject({ status: 'failed', watermark: null });
      for (const { error } of [...results, refused]) {
        expect(error?.message.length).toBeGreaterThan(20);
        expect(error?.hint?.length ?? 0).toBeGreaterThan(20);
      }
      await hang(world, standIn);
      expect(await world.stored()).toEqual({});

      standIn.revoke(false);
      // The circuit is open: the poll that recovers is a probe of the newest days and leaves history to the next.
      const recovered = await world.poll();
      expect(recovered).toMatchObject({ error: null, status: 'done' });
      await expectStored(
        world,
        month.filter(({ day }) => day >= (recovered.window?.start ?? TODAY)),
      );
      const everything = `${JSON.stringify([...results, refused, recovered])}${await world.leftBehind()}`;
      const secrets = secretsOf(standIn.variables);
      expect(secrets.length).toBeGreaterThan(0);
      expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);
    });

    it('goes on where it was stopped, under trouble as well', async () => {
      standIn.trouble({ rate: TROUBLE, seed: 2 });
      for (const requests of [1, 3, 7]) {
        const stopAt = standIn.requests.length + requests;
        await stopped(world, () => standIn.requests.length >= stopAt);
      }
      const after = await world.poll();
      expect(after).toMatchObject({ error: null, status: 'done', history: { complete: true } });
      await expectStored(world, month);
    });
  });
}

/** Adds a charge to a day that was complete, polls, and checks what the result says about before and after. */
async function restate(
  world: World,
  standIn: StandIn,
  before: readonly TruthCharge[],
  day: string,
  amount: string,
): Promise<readonly TruthCharge[]> {
  const model = before.find((one) => one.day === day);
  if (!model) throw new Error(`The truth has nothing on ${day}.`);
  const after = [...before, { ...model, amount }];
  standIn.bill(after);
  const result = await world.poll();
  expect(result).toMatchObject({
    error: null,
    status: 'done',
    restated: [{ day, currency: model.currency }],
  });
  expect(result.restated).toHaveLength(1);
  const { billedCost } = result.restated[0] ?? {};
  expect(exact(billedCost?.before)).toBe(sumsPerDay(before)[`${day} ${model.currency}`]);
  expect(exact(billedCost?.after)).toBe(sumsPerDay(after)[`${day} ${model.currency}`]);
  return after;
}

/** Stops while an answer does not come. */
async function hang(world: World, standIn: StandIn): Promise<void> {
  standIn.trouble({ rate: 1, seed: 1, kinds: ['hung'] });
  const asked = standIn.requests.length;
  const result = await stopped(world, () => standIn.requests.length > asked);
  expect(result).toMatchObject({ status: 'failed', error: { code: 'LIMIT' } });
  standIn.trouble(undefined);
}

/** Polls until `when` holds, then aborts; what came of it. */
async function stopped(world: World, when: () => boolean): Promise<PollResult> {
  const controller = new AbortController();
  const watch = setInterval(() => {
    if (when()) controller.abort();
  }, 1);
  try {
    return await world.poll({ signal: controller.signal });
  } finally {
    clearInterval(watch);
  }
}

async function expectStored(world: World, charges: readonly TruthCharge[]): Promise<void> {
  const expected = sumsPerDay(charges);
  expect(await world.stored('CostFact')).toEqual(expected);
  expect(await world.stored('DailyCost')).toEqual(expected);
}

function expectResult(result: PollResult, charges: readonly TruthCharge[]): void {
  const days = result.byDay.map(({ day, currency, billedCost }) => [`${day} ${currency}`, exact(billedCost)]);
  expect(Object.fromEntries(days)).toEqual(sumsPerDay(charges));
  const totals = result.totals.map(({ currency, billedCost }) => [currency, exact(billedCost)]);
  expect(Object.fromEntries(totals)).toEqual(totalsOf(charges));
}

/** Micros of an amount, as text. */
function exact(decimal: string | null | undefined): string {
  return decimal ? microsOf(decimal) : 'unknown';
}
