/** Whose word counts: nobody gets around the approval of somebody else, by whatever way the proposal came to be. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/core/actor.ts';
import { actorKey } from '../../../src/core/actor.ts';
import type { Context } from '../../../src/flows/context.ts';
import { decideProposal } from '../../../src/flows/proposals/decide.ts';
import { demandProposal } from '../../../src/flows/proposals/demand-proposal.ts';
import { draftProposal } from '../../../src/flows/proposals/draft.ts';
import { withdrawProposal } from '../../../src/flows/proposals/end.ts';
import { requestProposal } from '../../../src/flows/proposals/request.ts';
import { auditRefusals } from '../../../src/flows/refused.ts';
import { setTtl, TIMER } from '../../../src/flows/ttl/set-ttl.ts';
import { listAudit } from '../../../src/store/audit.ts';
import {
  type ActingStage,
  AWS,
  BOX,
  FACTS,
  jon,
  lena,
  mira,
  newId,
  openActingStage,
  stranger,
} from './acting-stage.ts';

let stage: ActingStage;
beforeEach(async () => {
  stage = await openActingStage();
});
afterEach(() => stage.close());

const terminal = (user: string): Actor => ({ kind: 'console', user });
const stored = (id: number) => demandProposal(stage.context.store, id);
const writes = () => stage.cloud.calls.filter(({ write }) => write);

async function request(actor: Actor, id: number, items?: readonly number[], context = stage.context) {
  const choice = { reason: 'it does not end', ...(items && { items }) };
  return (await requestProposal(context, actor, id, choice, { newId })).proposal;
}

const approve = (actor: Actor, id: number, context: Context = stage.context) =>
  decideProposal(context, actor, { id, verdict: 'approve' }, { newId });

/** Stops only the machine, so that nothing but the person decides. */
async function boxOf(id: number): Promise<number[]> {
  return (await stored(id)).items.filter(({ resourceId }) => resourceId === BOX).map((item) => item.id);
}

describe("somebody else's draft", () => {
  it('is the proposal of whoever sends it: that person may not approve it', async () => {
    const { id } = await stage.draft(mira);
    const proposal = await request(jon, id);
    expect(proposal.requestedBy).toBe(actorKey(jon));
    await expect(approve(jon, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await stage.run();
    expect(writes()).toEqual([]);
  });

  it('of a schedule or a time that is over is not sent by a person', async () => {
    const { id } = await draftProposal(
      stage.context,
      stage.parts,
      TIMER,
      { kind: 'scope', scope: { kind: 'model', name: 'bert' } },
      { kind: 'ttl', origin: 'ttl:model:bert' },
    );
    await expect(request(mira, id)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await stored(id)).status).toBe('draft');
  });
});

describe('the end of a time', () => {
  it('is the proposal of whoever set it: that person does not approve what follows', async () => {
    const scope = { kind: 'model', name: 'bert' } as const;
    await setTtl(stage.context, jon, { scope, until: { kind: 'hours', hours: 1 } }, { newId });
    const draft = await draftProposal(
      stage.context,
      stage.parts,
      TIMER,
      { kind: 'scope', scope },
      { kind: 'ttl', origin: 'ttl:model:bert' },
    );
    await request(TIMER, draft.id);
    await expect(approve(jon, draft.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await stored(draft.id)).status).toBe('waiting');
  });
});

describe('the terminal', () => {
  it('is one person, whatever its user is called', async () => {
    const { id } = await stage.draft(terminal('mira'));
    await request(terminal('mira'), id);
    await expect(approve(terminal('root'), id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const context = stage.with({
      twoPersons: { ...stage.context.settings.actions.twoPersons, aboveMicros: 1n },
    });
    const other = await stage.draft();
    await withdrawProposal(stage.context, terminal('mira'), id, { newId });
    expect((await request(mira, other.id, undefined, context)).approvalsNeeded).toBe(2);
    await approve(terminal('mira'), other.id, context);
    await expect(approve(terminal('root'), other.id, context)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await stored(other.id)).status).toBe('waiting');
  });
});

describe('resources of another team in a scope', () => {
  const OTHERS = { team: 'growth', model: 'bert', stage: 'training', env: 'dev' };
  const growthBox = async (options: Parameters<typeof openActingStage>[0] = {}) => {
    await stage.close();
    stage = await openActingStage({
      ...options,
      aws: { ...AWS, instances: (AWS.instances ?? []).map((one) => ({ ...one, tags: OTHERS })) },
      facts: FACTS.map((fact) => (fact.resource === BOX ? { ...fact, tags: OTHERS } : fact)),
    });
  };

  it('are approved by those who may approve for that team, not by the approver of the scope', async () => {
    await growthBox({
      actions: {
        approvers: [
          { people: ['jon@lumen.example'], team: 'search', environments: [] },
          { people: ['lena@lumen.example'], team: 'growth', environments: [] },
        ],
      },
    });
    const { id } = await stage.draft(mira);
    await request(mira, id, await boxOf(id));
    await expect(approve(jon, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await approve(lena, id);
    await stage.run();
    expect(writes().map(({ operation }) => operation)).toEqual(['StopInstances']);
  });

  it('are not stopped at once in live mode on the word of the first team, nor by its timer', async () => {
    await growthBox({ actions: { mode: 'live' } });
    const draft = await stage.draft(mira);
    const mine = await request(mira, draft.id, await boxOf(draft.id));
    expect([mine.status, mine.approvalsNeeded]).toEqual(['waiting', 1]);
    expect(mine.policy.join()).toContain('growth');
    await withdrawProposal(stage.context, mira, draft.id, { newId });
    const timed = await draftProposal(
      stage.context,
      stage.parts,
      TIMER,
      { kind: 'scope', scope: { kind: 'model', name: 'bert' } },
      { kind: 'ttl', origin: 'ttl:model:bert' },
    );
    expect((await request(TIMER, timed.id, await boxOf(timed.id))).status).toBe('waiting');
    await stage.run();
    expect(writes()).toEqual([]);
  });
});

describe('between two looks', () => {
  it('an approval that was on its way when the draft was sent is judged by what was sent', async () => {
    await stage.close();
    stage = await openActingStage({
      actions: { approvers: [{ people: ['jon@lumen.example'], environments: ['dev'] }] },
    });
    const { id } = await stage.draft(mira);
    const [asked, early] = await Promise.allSettled([request(mira, id), approve(jon, id)]);
    expect(asked.status).toBe('fulfilled');
    // Either it came before (a draft is not approved) or is judged anew: never half of both.
    if (early.status === 'rejected') expect(early.reason).toMatchObject({ code: 'CONFLICT' });
    expect(['waiting', 'approved']).toContain((await stored(id)).status);
  });
});

describe('a platform that does not say who somebody is', () => {
  it('lets them ask, but nothing runs on that word alone', async () => {
    await stage.close();
    stage = await openActingStage({ actions: { mode: 'live' } });
    const seen = { state: 'silent', groups: [], unclearGroups: [] } as const;
    const { id } = await stage.draft(mira);
    const proposal = await request({ ...mira, seen } as Actor, id, await boxOf(id));
    expect([proposal.status, proposal.approvalsNeeded]).toEqual(['waiting', 1]);
  });
});

describe('what is refused', () => {
  it('is written down: to withdraw what is not yours, to approve what is over', async () => {
    const { id } = await stage.draft(mira);
    await request(mira, id);
    const tried = (actor: Actor, work: () => Promise<unknown>) =>
      auditRefusals(stage.context, actor, work).catch(() => undefined);
    await tried(stranger, () => withdrawProposal(stage.context, stranger, id, { newId }));
    await withdrawProposal(stage.context, mira, id, { newId });
    await tried(jon, () => approve(jon, id));
    const refused = (await listAudit(stage.context.store)).filter(({ action }) =>
      action.startsWith('refused.'),
    );
    expect(refused.map(({ actor, subject }) => [actor, subject])).toEqual([
      [actorKey(stranger), `proposal:${id}`],
      [actorKey(jon), `proposal:${id}`],
    ]);
  });
});
