/** Settings that become stricter, hours that pass and people who change their mind between an approval and the run. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../../../src/flows/context.ts';
import { decideProposal } from '../../../src/flows/proposals/decide.ts';
import { demandProposal } from '../../../src/flows/proposals/demand-proposal.ts';
import { draftProposal } from '../../../src/flows/proposals/draft.ts';
import { requestProposal } from '../../../src/flows/proposals/request.ts';
import { listAudit } from '../../../src/store/audit.ts';
import { type ActingStage, BOX, jon, mira, newId, openActingStage, tomas } from './acting-stage.ts';

let stage: ActingStage;
beforeEach(async () => {
  stage = await openActingStage();
});
afterEach(() => stage.close());

const HOUR = 3_600_000;
const stored = (id: number) => demandProposal(stage.context.store, id);
const writes = () => stage.cloud.calls.filter(({ write }) => write).map(({ operation }) => operation);

async function requested(context: Context = stage.context) {
  const { id } = await draftProposal(context, stage.parts, mira, {
    kind: 'scope',
    scope: { kind: 'model', name: 'bert' },
  });
  return (await requestProposal(context, mira, id, { reason: 'it does not end' }, { newId })).proposal;
}

async function approved(context: Context = stage.context) {
  const { id } = await requested(context);
  await decideProposal(context, jon, { id, verdict: 'approve' }, { newId });
  return id;
}

/** What the machine alone costs is cheap enough to run at once in live mode. */
async function boxAtOnce(context: Context) {
  const draft = await stage.draft();
  const items = draft.items.filter(({ resourceId }) => resourceId === BOX).map(({ id }) => id);
  const choice = { items, reason: 'idle' };
  return (await requestProposal(context, mira, draft.id, choice, { newId })).proposal;
}

describe('quiet hours', () => {
  it('hold back what was asked for before them and approved in them', async () => {
    const { id } = await requested();
    const context = stage.with({ quietHours: { from: '20:00', to: '07:00' } });
    stage.pass(9 * HOUR);
    const decided = await decideProposal(context, jon, { id, verdict: 'approve' }, { newId });
    expect(decided.notBefore?.toISOString()).toBe('2026-11-21T07:00:00.000Z');
    await stage.run(context);
    expect(writes()).toEqual([]);
    stage.pass(11 * HOUR);
    await stage.run(context);
    expect((await stored(id)).status).toBe('done');
  });

  it('hold back what is approved when the process comes to it only in them', async () => {
    const context = stage.with({ quietHours: { from: '20:00', to: '07:00' } });
    const id = await approved(context);
    stage.pass(9 * HOUR);
    await stage.run(context);
    expect(writes()).toEqual([]);
    expect((await stored(id)).status).toBe('approved');
    stage.pass(11 * HOUR);
    await stage.run(context);
    expect((await stored(id)).status).toBe('done');
  });
});

describe('what is approved and not begun in time', () => {
  it('is over: nobody means it any more when the process is back after days', async () => {
    const id = await approved();
    stage.pass(4 * 24 * HOUR);
    expect(await stage.run()).toMatchObject({ run: 0, expired: 1 });
    expect((await stored(id)).status).toBe('expired');
    expect(writes()).toEqual([]);
  });

  it("is not run in the morning when it was the night's stop", async () => {
    const schedule = {
      name: 'nights',
      scope: { kind: 'model', name: 'bert' },
      days: ['monday'],
      stop: '19:00',
      start: '07:00',
      holidays: [],
    } as const;
    const context = stage.with({ mode: 'live', schedules: [schedule] });
    const scheduler = { kind: 'system', job: 'off-hours' } as const;
    const target = { kind: 'scope', scope: { kind: 'model', name: 'bert' } } as const;
    const draft = await draftProposal(context, stage.parts, scheduler, target, {
      kind: 'off-hours',
      origin: 'schedule:nights',
    });
    const until = context.now() + 12 * HOUR;
    const { proposal } = await requestProposal(
      context,
      scheduler,
      draft.id,
      {},
      { newId, standing: { until } },
    );
    expect(proposal.status).toBe('approved');
    stage.pass(13 * HOUR);
    await stage.run(context);
    expect([(await stored(draft.id)).status, writes()]).toEqual(['expired', []]);
  });
});

describe('stricter settings', () => {
  it('ask for the second approval when the two-person rule came after the first', async () => {
    const id = await approved();
    const { actions } = stage.context.settings;
    const context = stage.with({
      twoPersons: { ...actions.twoPersons, aboveMicros: 1_000_000_000n },
      approvers: [{ people: ['jon@lumen.example', 'tomas@lumen.example'], environments: [] }],
    });
    await stage.run(context);
    const held = await stored(id);
    expect([held.status, held.approvalsNeeded, writes()]).toEqual(['waiting', 2, []]);
    expect((await listAudit(stage.context.store)).map(({ action }) => action)).toContain('proposal.hold');
    await decideProposal(context, tomas, { id, verdict: 'approve' }, { newId });
    await stage.run(context);
    expect((await stored(id)).status).toBe('done');
  });

  it('ask for an approval when live mode was taken back before what needed none ran', async () => {
    const live = stage.with({ mode: 'live' });
    const { id, status } = await boxAtOnce(live);
    expect(status).toBe('approved');
    await stage.run();
    expect([(await stored(id)).status, writes()]).toEqual(['waiting', []]);
  });

  it('keep to a smaller number of resources in one proposal', async () => {
    const id = await approved();
    const context = stage.with({
      limits: { ...stage.context.settings.actions.limits, resourcesPerProposal: 1 },
    });
    await stage.run(context);
    expect(writes()).toHaveLength(1);
    expect((await stored(id)).items.map(({ state }) => state).sort()).toEqual(['done', 'refused']);
  });

  it('do not touch what the allow-list no longer names', async () => {
    const id = await approved();
    await stage.run(stage.with({ accounts: [] }));
    expect((await stored(id)).items.map(({ state }) => state)).toEqual(['refused', 'refused']);
    expect(stage.cloud.calls.filter(({ write }) => write)).toEqual([]);
  });
});

describe('an approver', () => {
  it('can still decline what is approved and has not begun, also after having approved it', async () => {
    const id = await approved();
    const declined = await decideProposal(
      stage.context,
      jon,
      { id, verdict: 'decline', note: 'wrong job' },
      { newId },
    );
    expect(declined.status).toBe('declined');
    await stage.run();
    expect(writes()).toEqual([]);
  });
});
