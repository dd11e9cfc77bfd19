/** A proposal from the first look to the undo, against AWS's stand-in through AWS's own SDK. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideProposal } from '../../../src/flows/proposals/decide.ts';
import { demandProposal } from '../../../src/flows/proposals/demand-proposal.ts';
import { requestProposal } from '../../../src/flows/proposals/request.ts';
import { undoProposal } from '../../../src/flows/proposals/undo.ts';
import { listAudit } from '../../../src/store/audit.ts';
import { listSavings } from '../../../src/store/savings.ts';
import { type ActingStage, BOX, JOB, jon, mira, newId, openActingStage, tomas } from './acting-stage.ts';

let stage: ActingStage;
beforeEach(async () => {
  stage = await openActingStage();
});
afterEach(() => stage.close());

const writes = () => stage.cloud.calls.filter(({ write }) => write).map(({ operation }) => operation);
const stored = (id: number) => demandProposal(stage.context.store, id);

async function requested(items?: readonly number[]) {
  const draft = await stage.draft();
  const choice = { reason: 'it does not end', ...(items && { items }) };
  const { proposal } = await requestProposal(stage.context, mira, draft.id, choice, { newId });
  return proposal;
}

async function approved() {
  const { id } = await requested();
  await decideProposal(stage.context, jon, { id, verdict: 'approve' }, { newId });
  return id;
}

describe('a draft', () => {
  it('says what runs, what it costs a day, what would happen, and calls nothing', async () => {
    const { items, status } = await stage.draft();
    expect(status).toBe('draft');
    expect(
      items.map(({ resourceId, action, costMicros, environment }) => [
        resourceId,
        action,
        costMicros,
        environment,
      ]),
    ).toEqual([
      [JOB, 'aws.sagemaker-training-stop', 2_310_000_000n, 'dev'],
      [BOX, 'aws.ec2-stop', 100_000_000n, 'dev'],
    ]);
    expect(items[0]?.plan?.state).toBe('InProgress');
    expect(writes()).toEqual([]);
  });

  it('says what is not on the allow-list, and how to put it there', async () => {
    const context = stage.with({ accounts: [] });
    const { draftProposal } = await import('../../../src/flows/proposals/draft.ts');
    const { items } = await draftProposal(context, stage.parts, mira, {
      kind: 'scope',
      scope: { kind: 'model', name: 'bert' },
    });
    expect(items.map(({ state }) => state)).toEqual(['refused', 'refused']);
    expect(items[0]?.said).toContain('actions.accounts');
    expect(stage.cloud.calls).toEqual([]);
  });
});

describe('approval', () => {
  it('waits for somebody else, and the asker may not be that', async () => {
    const { id, status, approvalsNeeded } = await requested();
    expect([status, approvalsNeeded]).toEqual(['waiting', 1]);
    await expect(
      decideProposal(stage.context, mira, { id, verdict: 'approve' }, { newId }),
    ).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('you asked for it'),
    });
    await expect(
      decideProposal(stage.context, tomas, { id, verdict: 'approve' }, { newId }),
    ).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect((await stage.run()).run).toBe(0);
    expect(writes()).toEqual([]);
  });

  it('runs what was chosen and nothing else', async () => {
    const draft = await stage.draft();
    const box = draft.items.find(({ resourceId }) => resourceId === BOX);
    const { proposal } = await requestProposal(
      stage.context,
      mira,
      draft.id,
      { items: [box?.id ?? 0], reason: 'idle' },
      { newId },
    );
    await decideProposal(stage.context, jon, { id: proposal.id, verdict: 'approve' }, { newId });
    await stage.run();
    expect(writes()).toEqual(['StopInstances']);
    expect((await stored(proposal.id)).items.map(({ state }) => state)).toEqual(['skipped', 'done']);
  });
});

describe('carrying out', () => {
  it('stops each once, sees it stopped, and keeps what it saves', async () => {
    const id = await approved();
    await stage.run();
    await stage.run();
    const done = await stored(id);
    expect(done.status).toBe('done');
    expect(done.items.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['done', 1],
      ['done', 1],
    ]);
    expect(writes().sort()).toEqual(['StopInstances', 'StopTrainingJob']);
    expect(stage.cloud.state.instances[0]?.state).toBe('stopped');
    const savings = await listSavings(stage.context.store);
    expect(savings.map(({ expectedMicros, startDay }) => [expectedMicros, startDay])).toEqual([
      [100_000_000n, '2026-11-21'],
      [2_310_000_000n, '2026-11-21'],
    ]);
    const audit = (await listAudit(stage.context.store)).map(({ action }) => action);
    expect(audit.filter((action) => /^(proposal|action)\./.test(action))).toEqual([
      'proposal.request',
      'proposal.approve',
      'proposal.start',
      'action.started',
      'action.started',
      'action.finished',
      'action.finished',
      'proposal.finish',
    ]);
  });

  it('undoes with the settings of before, once', async () => {
    const id = await approved();
    await stage.run();
    const undo = await undoProposal(stage.context, stage.parts, tomas, id, { newId });
    await expect(undoProposal(stage.context, stage.parts, mira, id, { newId })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await stage.run();
    expect((await stored(undo.id)).status).toBe('done');
    expect(stage.cloud.state.instances[0]?.state).toBe('running');
    expect((await listSavings(stage.context.store)).every(({ endDay }) => endDay === '2026-11-19')).toBe(
      true,
    );
  });

  it('calls nothing in a dry run, and an approval for a dry run stays one when the mode changes', async () => {
    await stage.close();
    stage = await openActingStage({ actions: { mode: 'dry-run' } });
    const id = await approved();
    await stage.run(stage.with({ mode: 'live' }));
    expect(writes()).toEqual([]);
    const { status, mode, items } = await stored(id);
    expect([status, mode]).toEqual(['done', 'dry-run']);
    expect(items[0]?.said).toContain('Would have been');
    await expect(undoProposal(stage.context, stage.parts, mira, id, { newId })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });
});
