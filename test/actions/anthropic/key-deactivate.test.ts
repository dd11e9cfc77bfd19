/** Switching off a key of Anthropic, or all of a workspace. */
import { describe, expect, it } from 'vitest';
import { keyDeactivate } from '../../../src/actions/anthropic/key-deactivate.ts';
import { testAction } from '../../contracts/action.ts';
import { inputFor } from '../rest-stage.ts';
import { type AnthropicStage, KEY, keyOf, openAnthropic, statuses, WORKSPACE, workspaceOf } from './stage.ts';

describe('one key', () => {
  testAction<AnthropicStage>(keyDeactivate, {
    stage: () => openAnthropic(),
    gone: ({ cloud }) => void cloud.keys.delete(KEY),
    already: (stage) => {
      keyOf(stage).status = 'inactive';
    },
    elsewhere: (stage) => {
      keyOf(stage).status = 'archived';
    },
    refused: {
      archived: {
        put: (stage) => {
          keyOf(stage).status = 'archived';
        },
        words: /archived/,
      },
    },
    settings: statuses,
    permissionOf: ({ operation }) => operation,
  });

  it('refuses a key that is in another workspace than the bill says', async () => {
    const stage = await openAnthropic();
    const input = inputFor(KEY, {}, { account: 'wrkspc_Other', provider: 'Anthropic' });
    const { refusal, calls } = await keyDeactivate.plan(stage.access, input);
    expect(refusal).toMatch(/belongs to the workspace wrkspc_Search1/);
    expect(calls).toEqual([]);
    await stage.cloud.close();
  });

  it('shows no part of a key', async () => {
    const stage = await openAnthropic();
    expect(JSON.stringify(await keyDeactivate.plan(stage.access, stage.input))).not.toMatch(/sk-ant/);
    await stage.cloud.close();
  });
});

describe('all keys of a workspace', () => {
  testAction<AnthropicStage>(keyDeactivate, {
    stage: () => openAnthropic(WORKSPACE),
    gone: ({ cloud }) => {
      cloud.workspaces.delete(WORKSPACE);
      for (const { id, workspace } of cloud.keys.values()) if (workspace === WORKSPACE) cloud.keys.delete(id);
    },
    already: (stage) => {
      keyOf(stage).status = 'inactive';
      keyOf(stage, 'apikey_Live1').status = 'archived';
    },
    elsewhere: (stage) => {
      keyOf(stage).status = 'archived';
    },
    refused: {
      archived: {
        put: (stage) => {
          workspaceOf(stage).archivedAt = '2026-11-01T00:00:00Z';
        },
        words: /archived/,
      },
    },
    settings: statuses,
    permissionOf: ({ operation }) => operation,
  });

  it('switches on again only what it switched off', async () => {
    const stage = await openAnthropic(WORKSPACE);
    const planned = await keyDeactivate.plan(stage.access, stage.input);
    expect(planned.effect).toBe(
      'All 2 active keys of the workspace wrkspc_Search1 are refused until switched on again: batch, live.',
    );
    await keyDeactivate.run(stage.access, planned, 'k');
    keyOf(stage, 'apikey_Live1').status = 'archived';
    await keyDeactivate.undo?.run(stage.access, planned, 'u');
    expect(statuses(stage)).toEqual([
      `${KEY} active`,
      'apikey_Live1 archived',
      'apikey_Old inactive',
      'apikey_Elsewhere active',
    ]);
    expect(await keyDeactivate.undo?.verify(stage.access, planned)).toMatchObject({
      outcome: 'elsewhere',
      said: '1 of 2 keys of the workspace wrkspc_Search1 are on again.',
    });
    await stage.cloud.close();
  });
});
