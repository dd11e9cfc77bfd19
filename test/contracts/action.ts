/** What every action must do: plan without touching, run once however often it is asked, tell the truth, bring back. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PermissionNeed, Planned, ProviderAction } from '../../src/actions/types.ts';
import { AppError } from '../../src/core/errors.ts';
import { expectDeclared, expectNamed, expectOutcome, refusalOf, SENTENCE, stored } from './action/expect.ts';
import { testFacts } from './action/facts.ts';
import type { ActionStage, ActionTrial } from './action/types.ts';

export type { ActionStage, ActionTrial } from './action/types.ts';

const KEY = 'prop-1/item-1';
const UNDO_KEY = 'prop-2/item-1';
/** More than any action tries again. */
const FOREVER = 1_000;

/** Every action calls it in a test of its own. */
export function testAction<Stage extends ActionStage>(
  action: ProviderAction,
  trial: ActionTrial<Stage>,
): void {
  describe(`contract: ${action.id}`, () => {
    let stage: Stage;
    beforeEach(async () => {
      stage = await trial.stage();
    });
    afterEach(() => stage.cloud.close());

    const plan = () => action.plan(stage.access, stage.input);
    const run = (planned: Planned, key = KEY) => action.run(stage.access, stored(planned), key);
    const verify = (planned: Planned) => action.verify(stage.access, stored(planned));
    const written = () => stage.cloud.calls.filter(({ write }) => write);
    const snapshot = () => structuredClone(stage.cloud.snapshot());
    const breakRun = (kind: 'denied' | 'throttled' | 'lost' | 'broken', times = 1) =>
      stage.cloud.fail({ kind, times, ...(trial.runs !== undefined && { operation: trial.runs }) });
    const declared = (...parts: PermissionNeed['for'][]) =>
      action.about.permissions.filter((need) => parts.includes(need.for)).map(({ permission }) => permission);

    testFacts(action, () => stage);

    it('plans without touching anything', async () => {
      const before = snapshot();
      const planned = await plan();
      expect(planned.refusal).toBeUndefined();
      expect(planned.already ?? false).toBe(false);
      expect(planned.effect).toMatch(SENTENCE);
      expect(planned.calls.length).toBeGreaterThan(0);
      // The engine offers to undo it only where something is remembered.
      if (action.undo) expect(Object.keys(planned.before)).not.toEqual([]);
      expect(action.about.validStates).toContain(planned.live?.state);
      expect(written()).toEqual([]);
      expect(snapshot()).toEqual(before);
      expect(stage.cloud.calls.length).toBeGreaterThan(0);
    });

    it('runs, and tells the truth before, on the way and at the end', async () => {
      const planned = await plan();
      const before = snapshot();
      await expectOutcome(verify(planned), ['unchanged']);
      expect(written()).toEqual([]);
      await run(planned);
      expect(snapshot()).not.toEqual(before);
      await expectOutcome(verify(planned), ['moving', 'reached']);
      stage.settle();
      await expectOutcome(verify(planned), ['reached']);
    });

    it('does once what it is asked twice with the same key', async () => {
      const planned = await plan();
      await run(planned);
      const once = snapshot();
      await run(planned);
      expect(snapshot()).toEqual(once);
      stage.settle();
      const ended = snapshot();
      await run(planned);
      stage.settle();
      expect(snapshot()).toEqual(ended);
      await expectOutcome(verify(planned), ['reached']);
    });

    it('makes no call whose permission it does not declare', async () => {
      const planned = await plan();
      expectDeclared(stage.cloud.calls, trial, declared('plan'));
      await run(planned);
      stage.settle();
      await verify(planned);
      expectDeclared(stage.cloud.calls, trial, declared('plan', 'run'));
      if (!action.undo) return;
      await action.undo.run(stage.access, stored(planned), UNDO_KEY);
      stage.settle();
      await action.undo.verify(stage.access, stored(planned));
      expectDeclared(stage.cloud.calls, trial, declared('plan', 'run', 'undo'));
    });

    it('names the missing permission when it may not look', async () => {
      await plan();
      const [first] = stage.cloud.calls;
      if (!first) throw new Error('plan made no call');
      stage.cloud.fail({ kind: 'denied', operation: first.operation, times: FOREVER });
      const error = await refusalOf(plan());
      expect(error).toMatchObject({ code: 'UPSTREAM', uncertain: false });
      expectNamed(error, declared('plan'));
    });

    it('names the missing permission when it may not act, and nothing happens', async () => {
      const planned = await plan();
      const before = snapshot();
      breakRun('denied', FOREVER);
      const error = await refusalOf(run(planned));
      expect(error).toMatchObject({ code: 'UPSTREAM', uncertain: false });
      expectNamed(error, declared('run'));
      expect(snapshot()).toEqual(before);
      await expectOutcome(verify(planned), ['unchanged']);
    });

    it('asks again when it is throttled', async () => {
      const planned = await plan();
      breakRun('throttled', 2);
      await run(planned);
      stage.settle();
      await expectOutcome(verify(planned), ['reached']);
    });

    it('gives up when it stays throttled, certain that nothing happened', async () => {
      const planned = await plan();
      const before = snapshot();
      breakRun('throttled', FOREVER);
      expect(await refusalOf(run(planned))).toMatchObject({ code: 'UPSTREAM', uncertain: false });
      expect(snapshot()).toEqual(before);
    });

    it('is uncertain when the answer is lost; the real state and a second try settle it', async () => {
      const planned = await plan();
      breakRun('lost', 1);
      expect(await refusalOf(run(planned))).toMatchObject({ code: 'UPSTREAM', uncertain: true });
      await expectOutcome(verify(planned), ['moving', 'reached']);
      await run(planned);
      stage.settle();
      await expectOutcome(verify(planned), ['reached']);
    });

    it('does not say it is done when the other side is broken', async () => {
      const planned = await plan();
      const before = snapshot();
      breakRun('broken', FOREVER);
      expect(await refusalOf(run(planned))).toMatchObject({ code: 'UPSTREAM' });
      expect(snapshot()).toEqual(before);
      await expectOutcome(verify(planned), ['unchanged']);
    });

    it('stops when it is told to', async () => {
      const stopped = { ...stage.access, signal: AbortSignal.abort() };
      await expect(action.plan(stopped, stage.input)).rejects.toThrow();
      expect(written()).toEqual([]);
    });

    if (trial.gone) testGone(trial.gone);
    function testGone(gone: NonNullable<typeof trial.gone>) {
      it('refuses what is gone', async () => {
        await gone(stage);
        const planned = await plan();
        expect(planned.refusal).toMatch(SENTENCE);
        expect(planned.live).toBeUndefined();
        expect(planned.calls).toEqual([]);
        expect(written()).toEqual([]);
      });

      it('says it when it goes between plan and run', async () => {
        const planned = await plan();
        await gone(stage);
        const verified = await verify(planned);
        expect(verified.said).toMatch(SENTENCE);
        expect(verified.outcome).not.toBe('unchanged');
        // What is to be deleted may count as deleted; everything else must not count as done.
        await run(planned).catch((error) => expect(error).toBeInstanceOf(AppError));
      });
    }

    if (trial.already) testAlready(trial.already);
    function testAlready(already: NonNullable<typeof trial.already>) {
      it('has nothing to call when it is so already', async () => {
        await already(stage);
        const before = snapshot();
        const planned = await plan();
        expect(planned).toMatchObject({ already: true, calls: [] });
        expect(planned.refusal).toBeUndefined();
        expect(planned.effect).toMatch(SENTENCE);
        expect(snapshot()).toEqual(before);
      });
    }

    it.each(Object.entries(trial.refused))('refuses: %s', async (_name, { put, words }) => {
      await put(stage);
      const before = snapshot();
      const planned = await plan();
      expect(planned.refusal).toMatch(SENTENCE);
      expect(planned.refusal).toMatch(words);
      expect(planned.calls).toEqual([]);
      expect(written()).toEqual([]);
      expect(snapshot()).toEqual(before);
    });

    if (trial.elsewhere) testElsewhere(trial.elsewhere);
    function testElsewhere(change: NonNullable<typeof trial.elsewhere>) {
      it('sees that somebody else changed it', async () => {
        const planned = await plan();
        await change(stage);
        await expectOutcome(verify(planned), ['elsewhere']);
      });
    }

    const { undo } = action;
    if (undo) testUndo(undo);
    function testUndo({ run: doUndo, verify: lookAgain }: NonNullable<typeof undo>) {
      const bringBack = (planned: Planned) => doUndo(stage.access, stored(planned), UNDO_KEY);
      const look = (planned: Planned) => lookAgain(stage.access, stored(planned));
      const settings = () => {
        if (!trial.settings) throw new Error('trial.settings is needed for an action with undo');
        // What changes by the clock does so when it is looked at.
        stage.cloud.snapshot();
        return structuredClone(trial.settings(stage));
      };

      it('brings back exactly what was, once', async () => {
        const before = settings();
        const planned = await plan();
        await run(planned);
        stage.settle();
        expect(settings()).not.toEqual(before);
        await expectOutcome(look(planned), ['unchanged']);
        await bringBack(planned);
        await expectOutcome(look(planned), ['moving', 'reached']);
        const once = snapshot();
        await bringBack(planned);
        expect(snapshot()).toEqual(once);
        stage.settle();
        await expectOutcome(look(planned), ['reached']);
        expect(settings()).toEqual(before);
      });

      it('names the missing permission when it may not bring back', async () => {
        const planned = await plan();
        await run(planned);
        stage.settle();
        const stopped = settings();
        stage.cloud.fail({ kind: 'denied', times: FOREVER });
        const error = await refusalOf(bringBack(planned));
        expect(error).toMatchObject({ code: 'UPSTREAM', uncertain: false });
        expectNamed(error, declared('undo'));
        expect(settings()).toEqual(stopped);
      });

      it('is uncertain when the answer to bringing back is lost', async () => {
        const before = settings();
        const planned = await plan();
        await run(planned);
        stage.settle();
        stage.cloud.fail({ kind: 'lost' });
        expect(await refusalOf(bringBack(planned))).toMatchObject({
          code: 'UPSTREAM',
          uncertain: true,
        });
        await bringBack(planned);
        stage.settle();
        await expectOutcome(look(planned), ['reached']);
        expect(settings()).toEqual(before);
      });
    }
  });
}
