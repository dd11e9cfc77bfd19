/** What a process that died in the middle leaves behind, and what the next one makes of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { Context } from '../../../src/flows/context.ts';
import { decideProposal } from '../../../src/flows/proposals/decide.ts';
import { demandProposal } from '../../../src/flows/proposals/demand-proposal.ts';
import { requestProposal } from '../../../src/flows/proposals/request.ts';
import { undoProposal } from '../../../src/flows/proposals/undo.ts';
import { listAudit } from '../../../src/store/audit.ts';
import type { Store } from '../../../src/store/open.ts';
import { claimProposal } from '../../../src/store/proposals/claims.ts';
import { moveItem } from '../../../src/store/proposals/items.ts';
import { listSavings } from '../../../src/store/savings.ts';
import { lockForWriting } from '../../../src/store/write-lock.ts';
import { type ActingStage, BOX, JOB, jon, mira, newId, openActingStage } from './acting-stage.ts';

let stage: ActingStage;
beforeEach(async () => {
  stage = await openActingStage();
});
afterEach(() => stage.close());

const writes = () => stage.cloud.calls.filter(({ write }) => write).map(({ operation }) => operation);
const stored = (id: number) => demandProposal(stage.context.store, id);
const itemOf = async (id: number, resource: string) =>
  (await stored(id)).items.find(({ resourceId }) => resourceId === resource);

async function approved(...resources: string[]) {
  const draft = await stage.draft();
  const items = draft.items.filter(({ resourceId }) => resources.includes(resourceId)).map(({ id }) => id);
  const choice = { items, reason: 'idle' };
  const { proposal } = await requestProposal(stage.context, mira, draft.id, choice, { newId });
  await decideProposal(stage.context, jon, { id: proposal.id, verdict: 'approve' }, { newId });
  return proposal.id;
}

/** As after a SIGKILL right after "started" was written for these resources, before any call. */
async function died(id: number, ...resources: string[]) {
  const at = new Date(stage.context.now());
  await stage.context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    await claimProposal(tx, id, { owner: 'dead', now: at, until: new Date(at.getTime() + 120_000) });
    for (const item of (await demandProposal(tx, id)).items)
      if (resources.includes(item.resourceId))
        await moveItem(tx, item.id, ['planned'], 'started', { startedAt: at, attempt: true });
  });
}

const goOn = (context: Context = stage.context, parts = stage.parts) =>
  stage.run(context, { ...parts, isAlive: (owner) => owner !== 'dead' });

const retag = (tags: Record<string, string>) =>
  Object.assign(stage.cloud.state.instances[0] ?? {}, {
    tags: { ...stage.cloud.state.instances[0]?.tags, ...tags },
  });

describe('what was started and not called', () => {
  it('is called once by the next process, at once', async () => {
    const id = await approved(BOX);
    await died(id, BOX);
    await goOn();
    expect(writes()).toEqual(['StopInstances']);
    expect((await stored(id)).status).toBe('done');
  });

  it('is not called any more when it was protected meanwhile', async () => {
    const id = await approved(BOX);
    await died(id, BOX);
    retag({ 'pennywatch:protect': 'true' });
    await goOn();
    expect(writes()).toEqual([]);
    expect(await itemOf(id, BOX)).toMatchObject({
      state: 'refused',
      said: expect.stringContaining('protected'),
    });
    expect((await listAudit(stage.context.store, `resource:${BOX}`)).map(({ action }) => action)).toEqual([
      'action.finished',
    ]);
  });

  it('is not called any more when the mode became dry-run, nor is the rest', async () => {
    const id = await approved(BOX, JOB);
    await died(id, BOX);
    await goOn(stage.with({ mode: 'dry-run' }));
    expect(writes()).toEqual([]);
    expect((await stored(id)).items.map(({ state, said }) => [state, said])).toEqual([
      ['refused', expect.stringContaining('dry-run')],
      ['failed', expect.stringContaining('dry-run')],
    ]);
    expect((await stored(id)).status).toBe('failed');
  });
});

describe('what was called', () => {
  it('counts as done although the mode became dry-run, and can be undone', async () => {
    const id = await approved(BOX);
    await died(id, BOX);
    Object.assign(stage.cloud.state.instances[0] ?? {}, { state: 'stopped' });
    await goOn(stage.with({ mode: 'dry-run' }));
    const { status, mode, undoUntil } = await stored(id);
    expect([status, mode]).toEqual(['done', 'approve']);
    expect(undoUntil).toBeDefined();
    expect(await listSavings(stage.context.store)).toHaveLength(1);
  });

  it('and arrives only while it is called again is done, not refused', async () => {
    const id = await approved(JOB);
    await stage.run();
    const undo = await undoProposal(stage.context, stage.parts, mira, id, { newId });
    await died(undo.id, JOB);
    const again = stage.parts.actions.find(({ id }) => id === 'aws.sagemaker-training-stop');
    if (!again?.undo) throw new Error('the job cannot be run again');
    const { undo: way } = again;
    const actions = stage.parts.actions.map((action) =>
      action === again
        ? {
            ...again,
            undo: {
              ...way,
              // The first call takes its effect now, so the second one finds its name taken.
              run: async (...asked: Parameters<typeof way.run>) => {
                await way.run(...asked);
                throw new AppError('UPSTREAM', 'AWS refused to run it again: ResourceInUse.');
              },
            },
          }
        : action,
    );
    await goOn(stage.context, { ...stage.parts, actions });
    expect(await itemOf(undo.id, JOB)).toMatchObject({ state: 'done' });
    expect(writes().filter((call) => call === 'CreateTrainingJob')).toHaveLength(1);
  });
});

describe('what was not clear', () => {
  it('becomes clear together with its proposal, wherever the process dies', async () => {
    const id = await approved(BOX, JOB);
    let dark = false;
    await stage.run(stage.context, {
      ...stage.parts,
      wait: async (milliseconds) => {
        if (!dark) stage.cloud.fail({ kind: 'broken', operation: 'DescribeInstances', times: 250 });
        dark = true;
        await stage.parts.wait(milliseconds);
      },
    });
    expect((await stored(id)).status).toBe('partly');
    for (let round = 0; round < 60 && (await itemOf(id, BOX))?.state === 'unclear'; round += 1)
      await stage.run({ ...stage.context, store: dyingOnce(id) }).catch(() => undefined);
    expect((await itemOf(id, BOX))?.state).toBe('done');
    expect((await stored(id)).status).toBe('done');
  });
});

/** The process dies right after the transaction in which the resource became clear. */
function dyingOnce(id: number): Store {
  const { store } = stage.context;
  const transaction = async (work: (tx: Parameters<typeof lockForWriting>[0]) => Promise<unknown>) => {
    const result = await store.$transaction((tx) => work(tx));
    if ((await itemOf(id, BOX))?.state !== 'unclear') throw new Error('dead');
    return result;
  };
  return new Proxy(store, {
    get: (target, key, receiver) =>
      key === '$transaction' ? transaction : Reflect.get(target, key, receiver),
  });
}
