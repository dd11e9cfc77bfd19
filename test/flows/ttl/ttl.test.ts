/** A time to live from its setting to its end: the owner is asked, keeps it or not, and what still runs is proposed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eachDay } from '../../../src/core/day.ts';
import type { Scope } from '../../../src/core/scope.ts';
import { decideProposal } from '../../../src/flows/proposals/decide.ts';
import { demandProposal } from '../../../src/flows/proposals/demand-proposal.ts';
import { runTtls, ttlsDue } from '../../../src/flows/ttl/round.ts';
import { dropTtl, keepTtl, setTtl } from '../../../src/flows/ttl/set-ttl.ts';
import { listAudit } from '../../../src/store/audit.ts';
import { readTtl } from '../../../src/store/time-to-live.ts';
import type { View } from '../../../src/view/elements.ts';
import { renderText } from '../../../src/view/fallback.ts';
import { addFacts } from '../../temp-store.ts';
import {
  ACCOUNT,
  type ActingStage,
  BOX,
  JOB,
  jon,
  lena,
  mira,
  newId,
  openActingStage,
  stranger,
  tomas,
} from '../proposals/acting-stage.ts';

const HOUR = 3_600_000;
const KEY = 'experiment:ablation-7';
const ABLATION: Scope = { kind: 'experiment', name: 'ablation-7' };
const TAGS = { team: 'search', model: 'bert', stage: 'training', env: 'dev', experiment: 'ablation-7' };

let stage: ActingStage;
beforeEach(() => open());
afterEach(() => stage.close());

async function open(): Promise<void> {
  stage = await openActingStage({ facts: [] });
  const { dimensions } = stage.context.settings;
  const allocating = stage.with(
    {},
    { dimensions: [...dimensions, { dimension: 'experiment', tags: ['experiment'], values: {} }] },
  );
  await addFacts(
    allocating,
    eachDay('2026-11-16', '2026-11-19').flatMap((day) => [
      { day, cost: '2310', account: ACCOUNT, region: 'us-east-1', resource: JOB, tags: TAGS },
      {
        day,
        cost: '100',
        service: 'Amazon Elastic Compute Cloud',
        account: ACCOUNT,
        region: 'us-east-1',
        resource: BOX,
        tags: TAGS,
      },
    ]),
  );
}

const parts = { newId };
const round = (context = stage.context) => runTtls(context, stage.parts, parts);
const stored = () => readTtl(stage.context.store, KEY);
const set = (hours: number, actor = mira) =>
  setTtl(
    stage.context,
    actor,
    { scope: ABLATION, until: { kind: 'hours', hours }, reason: 'two nights' },
    parts,
  );
const messages = async (start: string) =>
  (
    await stage.context.store.outboxMessage.findMany({
      where: { key: { startsWith: start } },
      orderBy: { id: 'asc' },
    })
  ).map(({ key, channel, view }) => ({
    key,
    channel,
    view: JSON.parse(view) as View,
    text: renderText(JSON.parse(view) as View),
  }));
const audited = async () =>
  (await listAudit(stage.context.store)).map(({ action }) => action).filter((one) => one.startsWith('ttl.'));
const writes = () => stage.cloud.calls.filter(({ write }) => write).map(({ operation }) => operation);

describe('setting', () => {
  it('is for the team of its charges, for approvers and admins, and for nobody else', async () => {
    await expect(set(48, lena)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(set(48, stranger)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const { until } = await set(48, tomas);
    expect(until.toISOString()).toBe('2026-11-22T12:00:00.000Z');
    expect(await audited()).toEqual(['ttl.set']);
  });

  it('of an experiment that is on no bill yet is for a member of one team', async () => {
    const fresh: Scope = { kind: 'experiment', name: 'brand-new' };
    const wanted = { scope: fresh, until: { kind: 'hours', hours: 2 } } as const;
    expect((await setTtl(stage.context, lena, wanted, parts)).scope).toBe('experiment:brand-new');
    await expect(setTtl(stage.context, stranger, wanted, parts)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('of a whole team, of prod, or for no time or for years is refused in words', async () => {
    const refused: readonly [Scope, number][] = [
      [{ kind: 'org' }, 48],
      [{ kind: 'team', name: 'search' }, 48],
      [{ kind: 'service', name: 'Amazon EC2' }, 48],
      [{ kind: 'environment', name: 'prod' }, 48],
      [ABLATION, 0],
      [ABLATION, 24 * 400],
    ];
    for (const [scope, hours] of refused) {
      const wanted = { scope, until: { kind: 'hours', hours } } as const;
      await expect(setTtl(stage.context, mira, wanted, parts)).rejects.toMatchObject({
        code: 'INVALID',
        hint: expect.stringMatching(/./),
      });
    }
    expect(await audited()).toEqual([]);
  });

  it('to a day is to its last minute on the organisation’s clock', async () => {
    const berlin = stage.with({}, { timeZone: 'Europe/Berlin' });
    const wanted = { scope: ABLATION, until: { kind: 'day', day: '2026-12-01' } } as const;
    expect((await setTtl(berlin, mira, wanted, parts)).until.toISOString()).toBe('2026-12-01T22:59:00.000Z');
  });
});

describe('before the end', () => {
  it('the owner is asked once, a quarter of the time before, with what it costs', async () => {
    await set(48);
    stage.pass(35 * HOUR);
    expect(await ttlsDue(stage.context)).toBe(false);
    expect(await round()).toBe(0);
    stage.pass(2 * HOUR);
    expect(await ttlsDue(stage.context)).toBe(true);
    expect(await round()).toBe(1);
    expect(await round()).toBe(0);
    const [asked, another] = await messages('ttl:');
    expect(another).toBeUndefined();
    expect(asked?.channel).toBe('CSEARCH');
    expect(asked?.text).toMatch(/Experiment ablation-7 ends on Sun 22 Nov, 12:00.*Mira.*\$2,410 a day/s);
    expect(JSON.stringify(asked?.view)).toContain('"ids":{"slack":"UMIRA"}');
    const labels = asked?.view.elements.flatMap((one) => (one.kind === 'actions' ? one.buttons : []));
    expect(labels?.map(({ label }) => label)).toEqual(['Keep 24 h', 'Keep until…', 'Stop now…']);
  });

  it('keeping it moves the end, rewrites the question, and asks again before the new one', async () => {
    await set(8);
    stage.pass(6.5 * HOUR);
    await round();
    const kept = await keepTtl(
      stage.context,
      tomas,
      { scope: ABLATION, until: { kind: 'hours', hours: 24 } },
      parts,
    );
    expect(kept.until.toISOString()).toBe('2026-11-21T20:00:00.000Z');
    const [question] = await messages('ttl:');
    expect(question?.text).toMatch(/is kept until Sat 21 Nov, 20:00 by Tomas/);
    stage.pass(1.5 * HOUR);
    expect(await round()).toBe(0);
    stage.pass(20 * HOUR);
    await round();
    expect(await messages('ttl:')).toHaveLength(2);
    expect(await audited()).toEqual(['ttl.set', 'ttl.ask', 'ttl.keep', 'ttl.ask']);
  });

  it('taken off, nothing comes of it any more', async () => {
    await set(8);
    await dropTtl(stage.context, mira, ABLATION, parts);
    stage.pass(20 * HOUR);
    expect(await round()).toBe(0);
    await expect(dropTtl(stage.context, mira, ABLATION, parts)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await audited()).toEqual(['ttl.set', 'ttl.off']);
  });
});

describe('at the end', () => {
  it('what runs is proposed once; the policy decides, and the setter is no approver', async () => {
    await set(8);
    stage.pass(8 * HOUR);
    expect(await Promise.all([round(), round()])).toContain(1);
    await round();
    const id = (await stored())?.proposalId ?? 0;
    const proposal = await demandProposal(stage.context.store, id);
    expect([proposal.kind, proposal.status, proposal.origin, proposal.team]).toEqual([
      'ttl',
      'waiting',
      `ttl:${KEY}`,
      'search',
    ]);
    expect(proposal.reason).toBe('its time was over on Fri 20 Nov, 20:00 (set by Mira: two nights)');
    expect(await stage.context.store.proposal.count({ where: { status: { not: 'draft' } } })).toBe(1);
    await expect(
      decideProposal(stage.context, tomas, { id, verdict: 'approve' }, parts),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await decideProposal(stage.context, jon, { id, verdict: 'approve' }, parts);
    await stage.run();
    await round();
    expect(writes().sort()).toEqual(['StopInstances', 'StopTrainingJob']);
    expect((await stored())?.endedAt).toBeDefined();
    expect(await audited()).toEqual(['ttl.set', 'ttl.propose', 'ttl.end']);
  });

  it('keeping it then takes the proposal back', async () => {
    await set(8);
    stage.pass(8 * HOUR);
    await round();
    const id = (await stored())?.proposalId ?? 0;
    const until = { kind: 'hours', hours: 24 } as const;
    await expect(keepTtl(stage.context, lena, { scope: ABLATION, until }, parts)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect((await demandProposal(stage.context.store, id)).status).toBe('waiting');
    await keepTtl(stage.context, mira, { scope: ABLATION, until }, parts);
    expect((await demandProposal(stage.context.store, id)).status).toBe('withdrawn');
    expect(await stored()).not.toHaveProperty('proposalId');
    stage.pass(24 * HOUR);
    await round();
    expect((await stored())?.proposalId).not.toBe(id);
  });

  it('what is stopped already ends without a word', async () => {
    await set(8);
    for (const one of stage.cloud.state.instances) one.state = 'stopped';
    const { id } = await stage.draft();
    const job = (await demandProposal(stage.context.store, id)).items.find(
      ({ resourceId }) => resourceId === JOB,
    );
    const { requestProposal } = await import('../../../src/flows/proposals/request.ts');
    await requestProposal(stage.context, mira, id, { items: [job?.id ?? 0], reason: 'done' }, parts);
    await decideProposal(stage.context, jon, { id, verdict: 'approve' }, parts);
    await stage.run();
    const before = await messages('');
    stage.pass(10 * HOUR);
    await round();
    expect(await stored()).toMatchObject({ endedAt: expect.any(Date) });
    expect(await messages('')).toEqual(before);
    expect(writes()).toEqual(['StopTrainingJob']);
  });

  it('what cannot be stopped from here is said', async () => {
    const closed = stage.with({ accounts: [] });
    await set(8);
    stage.pass(8 * HOUR);
    await round(closed);
    await round(closed);
    const [told, another] = await messages('ttl:');
    expect(told?.text).toMatch(/nothing of it could be stopped.*actions\.accounts/s);
    expect(another).toBeUndefined();
    expect((await stored())?.endedAt).toBeDefined();
  });

  it('a dry run proposes and calls nothing', async () => {
    const dry = stage.with({ mode: 'dry-run' });
    await set(8);
    stage.pass(8 * HOUR);
    await round(dry);
    const id = (await stored())?.proposalId ?? 0;
    await decideProposal(dry, jon, { id, verdict: 'approve' }, parts);
    await stage.run(dry);
    await round(dry);
    expect(writes()).toEqual([]);
    expect((await stored())?.endedAt).toBeDefined();
  });

  it('a crash between proposal and row makes no second one', async () => {
    await set(8);
    stage.pass(8 * HOUR);
    await round();
    await stage.context.store.timeToLive.updateMany({ data: { proposalId: null } });
    await stage.context.store.jobRun.updateMany({
      data: { status: 'running', claimedBy: 'dead', claimedUntil: new Date(stage.context.now() - 1) },
    });
    await round();
    expect(await stage.context.store.proposal.count()).toBe(1);
    expect((await stored())?.proposalId).toBe(1);
  });
});
