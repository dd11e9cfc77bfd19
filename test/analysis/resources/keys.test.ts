/** Ids of what language models are paid by, and of what webhooks look after. */
import { describe, expect, it } from 'vitest';
import { matchesGlob } from '../../../src/analysis/resources/glob.ts';
import { recogniseKey, resourceOfTags, webhookRef } from '../../../src/analysis/resources/keys.ts';
import { recognise } from '../../../src/analysis/resources/recognise.ts';
import type { ActionAccount } from '../../../src/core/action.ts';

const HASH = '3b1f0c9a7d5e4f2b8c6a9d0e1f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c';

describe('recogniseKey', () => {
  it.each([
    ['proj_abc', 'openai.project', { project: 'proj_abc' }, 'proj_abc'],
    ['key_abc', 'openai.key', { key: 'key_abc' }, '*'],
    ['proj_abc/key_abc', 'openai.key', { key: 'key_abc', project: 'proj_abc' }, 'proj_abc'],
    ['wrkspc_01Jw', 'anthropic.workspace', { workspace: 'wrkspc_01Jw' }, 'wrkspc_01Jw'],
    ['apikey_01Rj', 'anthropic.key', { key: 'apikey_01Rj' }, '*'],
    ['wrkspc_1/apikey_2', 'anthropic.key', { key: 'apikey_2', workspace: 'wrkspc_1' }, 'wrkspc_1'],
    [`litellm:${HASH}`, 'litellm.key', { hash: HASH }, '*'],
    [`litellm:${HASH.toUpperCase()}`, 'litellm.key', { hash: HASH }, '*'],
    [HASH, 'litellm.key', { hash: HASH }, '*'],
    ['litellm:3b1f0c9a', 'litellm.key', { start: '3b1f0c9a' }, '*'],
    ['litellm:alias/search batch/2', 'litellm.key', { alias: 'search batch/2' }, '*'],
    ['webhook:broker/lease/42', 'webhook.resource', { id: 'lease/42' }, 'broker'],
  ])('%s', (id, kind, parts, account) =>
    expect(recognise(id)).toMatchObject({ known: true, ref: { kind, parts, account } }),
  );

  it.each(['proj_a/../../users', 'key_a?x=1', 'apikey_', 'wrkspc_a b', 'webhook:/x', 'litellm', 'i-0abc'])(
    'knows nothing of %s',
    (id) => expect(recogniseKey(id, {})).toBeUndefined(),
  );

  it.each(['sk-proj-abcdef0123456789', 'litellm:sk-1234', 'litellm:alias/sk-abc', ' sk-ant-api03-zz'])(
    'refuses a key in clear without repeating it: %s',
    (id) => {
      const recognised = recognise(id);
      expect(recognised.known).toBe(false);
      expect(JSON.stringify(recognised)).not.toContain('sk-');
    },
  );

  it('leaves ids of other vendors alone', () => {
    expect(recogniseKey('proj_abc', { provider: 'Google Cloud' })).toBeUndefined();
    expect(recogniseKey('apikey_abc', { provider: 'AWS' })).toBeUndefined();
    expect(recogniseKey(HASH, { provider: 'Google Cloud', service: 'Artifact Registry' })).toBeUndefined();
    expect(recogniseKey(HASH, { provider: 'OpenAI', service: 'LiteLLM' })).toMatchObject({ known: true });
  });

  it('names no more of a hash than is needed', () =>
    expect(recognise(HASH)).toMatchObject({ ref: { name: '3b1f0c9a…' } }));
});

describe('resourceOfTags', () => {
  it.each([
    [{ litellm_key: '3b1f0c9a' }, 'litellm:3b1f0c9a'],
    [{ litellm_key: 'search-batch', openai_project_id: 'proj_a' }, 'litellm:alias/search-batch'],
    [{ openai_project_id: 'proj_a' }, 'proj_a'],
    [{ anthropic_workspace_id: 'wrkspc_a' }, 'wrkspc_a'],
    [{ litellm_key: 'sk-123' }, undefined],
    [{ team: 'search' }, undefined],
  ])('%o', (tags, id) => expect(resourceOfTags(tags as Record<string, string>)).toBe(id));
});

describe('webhookRef', () => {
  const account = (match: string[]): ActionAccount => ({
    provider: 'webhook',
    account: 'broker',
    regions: [],
    namespaces: [],
    match,
  });

  it('takes what its globs cover', () => {
    expect(webhookRef('lease-42', account(['vm-*', 'lease-??']))).toMatchObject({
      kind: 'webhook.resource',
      account: 'broker',
      parts: { id: 'lease-42' },
    });
    expect(webhookRef('webhook:broker/lease-42', account(['lease-*']))).toMatchObject({
      parts: { id: 'lease-42' },
    });
    expect(webhookRef('lease-420', account(['lease-??']))).toBeUndefined();
    expect(webhookRef('lease-42', account([]))).toBeUndefined();
    expect(webhookRef('lease-42', { ...account(['*']), provider: 'aws' })).toBeUndefined();
  });

  it('reads globs to the letter', () => {
    expect(matchesGlob('a.c', 'a.c')).toBe(true);
    expect(matchesGlob('abc', 'a.c')).toBe(false);
    expect(matchesGlob('a/b/c', 'a*c')).toBe(true);
    expect(matchesGlob('abcabd', '*abd')).toBe(true);
    expect(matchesGlob('', '*')).toBe(true);
    expect(matchesGlob('', '?')).toBe(false);
    expect(matchesGlob('A', 'a')).toBe(false);
    expect(matchesGlob(`${'a'.repeat(20_000)}b`, '*a*a*a*a*a*a*a*c')).toBe(false);
  });
});
