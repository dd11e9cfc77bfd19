/** Limiting the spend of an Anthropic workspace, as far as Anthropic allows it. */
import { describe, expect, it } from 'vitest';
import { workspaceLimit } from '../../../src/actions/anthropic/workspace-limit.ts';
import { testAction } from '../../contracts/action.ts';
import { type AnthropicStage, openAnthropic, WORKSPACE, workspaceOf } from './stage.ts';

const limitOf = (stage: AnthropicStage) => workspaceOf(stage).limit?.amount ?? null;
const setLimit = (stage: AnthropicStage, amount: string) => {
  workspaceOf(stage).limit = { id: 'spl_1', amount };
};

testAction<AnthropicStage>(workspaceLimit, {
  stage: () => openAnthropic(WORKSPACE),
  gone: ({ cloud }) => void cloud.workspaces.delete(WORKSPACE),
  already: (stage) => setLimit(stage, '0'),
  elsewhere: (stage) => setLimit(stage, '77700'),
  refused: {
    archived: {
      put: (stage) => {
        workspaceOf(stage).archivedAt = '2026-11-01T00:00:00Z';
      },
      words: /archived/,
    },
    'no early access': {
      put: ({ cloud }) => {
        cloud.early.access = false;
      },
      words: /early access: spend_limits_admin_api_writes_not_enabled/,
    },
  },
  settings: limitOf,
  permissionOf: ({ operation }) => operation,
});

describe('spend limits of Anthropic workspaces', () => {
  it('takes an amount to the cent, and restores the old one', async () => {
    const stage = await openAnthropic(WORKSPACE, { limit: '250.5' });
    setLimit(stage, '50000');
    const planned = await workspaceLimit.plan(stage.access, stage.input);
    expect(planned.effect).toContain('once it has spent $250.50 in a month; now the limit is $500.00');
    await workspaceLimit.run(stage.access, planned, 'k');
    expect(limitOf(stage)).toBe('25050');
    await workspaceLimit.undo?.run(stage.access, planned, 'u');
    expect(limitOf(stage)).toBe('50000');
    await stage.cloud.close();
  });

  it('says it when the access ends between plan and run', async () => {
    const stage = await openAnthropic(WORKSPACE);
    const planned = await workspaceLimit.plan(stage.access, stage.input);
    stage.cloud.early.access = false;
    await expect(workspaceLimit.run(stage.access, planned, 'k')).rejects.toMatchObject({
      code: 'UPSTREAM',
      message: expect.stringContaining('early access'),
      hint: expect.stringContaining('Claude Console'),
      uncertain: false,
    });
    await stage.cloud.close();
  });
});
