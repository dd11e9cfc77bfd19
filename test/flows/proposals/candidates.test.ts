/** Which resources of a scope are looked at: by id, by what stands for one, newest days only, what rose first. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isResourceId } from '../../../src/flows/proposals/by-id.ts';
import { aimAt, findCandidates } from '../../../src/flows/proposals/candidates.ts';
import { settingsOf } from '../../settings.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../../temp-store.ts';

let temp: TempStore;
beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

const NOW = '2026-11-20T12:00:00Z';
const org = { kind: 'scope', scope: { kind: 'org' } } as const;

describe('candidates', () => {
  it('are what cost something in the last four days, dearest first, in the reporting currency', async () => {
    const fx = [{ date: '2026-01-01', from: 'EUR', to: 'USD', rate: '2' }];
    const context = contextOf(temp.store, { now: NOW, settings: { fx } });
    await addFacts(context, [
      { day: '2026-11-10', cost: '900', resource: 'over-long-ago' },
      { day: '2026-11-18', cost: '30', resource: 'usual' },
      { day: '2026-11-19', cost: '50', resource: 'usual' },
      { day: '2026-11-19', cost: '300', currency: 'EUR', resource: 'dear' },
      { day: '2026-11-19', cost: '-5', resource: 'credit' },
      { day: '2026-11-19', cost: '7' },
    ]);
    const found = await findCandidates(context, await aimAt(context, org));
    expect(found.map(({ resourceId, perDayMicros }) => [resourceId, perDayMicros])).toEqual([
      ['dear', 600_000_000n],
      ['usual', 40_000_000n],
    ]);
  });

  it('of language models are keys, projects and workspaces; a key in clear is never one', async () => {
    const context = contextOf(temp.store, { now: NOW });
    const day = '2026-11-19';
    await addFacts(context, [
      { day, cost: '9', provider: 'LiteLLM', tags: { litellm_key: '1a2b3c4d' } },
      { day, cost: '8', provider: 'LiteLLM', tags: { litellm_key: 'search-nightly' } },
      { day, cost: '7', provider: 'LiteLLM', tags: { litellm_key: 'sk-verysecret' } },
      { day, cost: '6', provider: 'OpenAI', tags: { openai_project_id: 'proj_abc' } },
      { day, cost: '5', provider: 'OpenAI', account: 'proj_def' },
      { day, cost: '4', provider: 'AWS', account: '111122223333' },
    ]);
    const found = await findCandidates(context, await aimAt(context, org));
    expect(found.map(({ resourceId }) => resourceId)).toEqual([
      'litellm:1a2b3c4d',
      'litellm:alias/search-nightly',
      'proj_abc',
      'proj_def',
    ]);
  });

  it('without a rate have no amount, and are there all the same', async () => {
    const context = contextOf(temp.store, { now: NOW });
    await addFacts(context, [{ day: '2026-11-19', cost: '300', currency: 'EUR', resource: 'dear' }]);
    const [one] = await findCandidates(context, await aimAt(context, org));
    expect(one).toMatchObject({ resourceId: 'dear', rose: true });
    expect(one?.perDayMicros).toBeUndefined();
  });

  it('by id are whose the bill says; of what is on no bill nothing is known, cost least of all', async () => {
    const context = contextOf(temp.store, { now: NOW });
    const tags = { team: 'search', model: 'bert' };
    await addFacts(context, [{ day: '2026-11-19', cost: '40', resource: 'arn:aws:ec2:x', tags }]);
    const billed = await aimAt(context, { kind: 'resource', id: 'arn:aws:ec2:x' });
    expect(billed).toMatchObject({ scope: { kind: 'model', name: 'bert' }, team: 'search' });
    expect(await findCandidates(context, billed)).toMatchObject([{ perDayMicros: 40_000_000n }]);
    const id = 'k8s://ml-cluster/search/deployment/ranker';
    const unbilled = await aimAt(context, { kind: 'resource', id });
    expect(unbilled.scope).toEqual({ kind: 'org' });
    expect(unbilled.team).toBeUndefined();
    const [one] = await findCandidates(context, unbilled);
    expect(one?.resourceId).toBe(id);
    expect(one?.perDayMicros).toBeUndefined();
  });

  it('are told from names by their form', () => {
    const settings = settingsOf();
    for (const id of [
      'arn:aws:s3:::x',
      'i-0aaaaaaaaaaaaaaa1',
      'k8s://c/n/deployment/x',
      '/subscriptions/1/x',
      '//compute.googleapis.com/x',
    ])
      expect([id, isResourceId(id, settings)]).toEqual([id, true]);
    for (const name of ['bert', 'team:search', 'model:bert/training', 'amazon sagemaker', 'environment:dev'])
      expect([name, isResourceId(name, settings)]).toEqual([name, false]);
  });
});
