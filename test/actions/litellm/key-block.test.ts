/** Blocking a key of a LiteLLM proxy. */
import { describe, expect, it } from 'vitest';
import { keyBlock } from '../../../src/actions/litellm/key-block.ts';
import { testAction } from '../../contracts/action.ts';
import { inputFor } from '../rest-stage.ts';
import { HASH, keyOf, type LiteLlmStage, MASTER, OTHER, openLiteLlm } from './stage.ts';

testAction<LiteLlmStage>(keyBlock, {
  stage: () => openLiteLlm(),
  gone: ({ cloud }) => void cloud.keys.delete(HASH),
  already: (stage) => {
    keyOf(stage).blocked = true;
  },
  refused: {
    'two keys with the alias': {
      put: ({ cloud }) => {
        const other = cloud.keys.get(OTHER);
        if (other) other.key_alias = 'search-batch';
      },
      words: /2 keys/,
    },
    expired: {
      put: (stage) => {
        keyOf(stage).expires = '2026-11-01T00:00:00Z';
      },
      words: /expired/,
    },
  },
  settings: (stage) => keyOf(stage).blocked ?? false,
});

describe('LiteLLM keys', () => {
  it.each([`litellm:${HASH}`, `litellm:${HASH.slice(0, 8)}`, HASH])('finds %s', async (id) => {
    const stage = await openLiteLlm(id);
    const planned = await keyBlock.plan(stage.access, stage.input);
    expect(planned).toMatchObject({ before: { hash: HASH }, live: { state: 'active' } });
    await stage.cloud.close();
  });

  it('tells a key from one whose alias begins like it', async () => {
    const stage = await openLiteLlm('litellm:alias/search');
    expect((await keyBlock.plan(stage.access, stage.input)).refusal).toMatch(/not on the proxy/);
    await stage.cloud.close();
  });

  it('shows tags, and nothing that may be a secret', async () => {
    const stage = await openLiteLlm();
    const planned = await keyBlock.plan(stage.access, stage.input);
    expect(planned.live?.tags).toEqual({ env: 'dev', batch: 'true', owner: 'mira' });
    expect(JSON.stringify(planned)).not.toMatch(/sk-|abc/);
    await stage.cloud.close();
  });

  it('says what to do with a key that may only look', async () => {
    const stage = await openLiteLlm(undefined, {}, 'sk-viewer-77');
    const planned = await keyBlock.plan(stage.access, stage.input);
    await expect(keyBlock.run(stage.access, planned, 'k')).rejects.toMatchObject({
      code: 'UPSTREAM',
      message: expect.stringContaining('the permission POST /key/block is missing'),
      hint: expect.stringContaining('proxy_admin'),
    });
    await stage.cloud.close();
  });

  it('never says a key, whatever the proxy answers', async () => {
    const stage = await openLiteLlm(undefined, {}, 'sk-wrong-0123456789');
    const error = await keyBlock.plan(stage.access, stage.input).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'UPSTREAM' });
    expect(JSON.stringify([error, String(error), stage.access.lines])).not.toMatch(/sk-wrong|0123456789/);
    await stage.cloud.close();
  });

  it('takes the address from the environment, and says when there is none', async () => {
    const stage = await openLiteLlm();
    const { endpoint: _, ...connection } = stage.access.connection;
    const variables: Record<string, string> = {
      LITELLM_MASTER_KEY: MASTER,
      LITELLM_BASE_URL: `${stage.cloud.url}/`,
    };
    const access = { ...stage.access, connection, variable: (name: string) => variables[name] };
    expect((await keyBlock.plan(access, inputFor('litellm:alias/search-live'))).live?.state).toBe('active');
    delete variables.LITELLM_BASE_URL;
    await expect(keyBlock.plan(access, stage.input)).rejects.toMatchObject({ code: 'CONFIG' });
    await stage.cloud.close();
  });
});
