/** An organization at Anthropic with two workspaces, and access to it. */
import { type AnthropicStandIn, createAnthropicStandIn } from '../../../src/sandbox/cloud/anthropic/index.ts';
import { createClock, inputFor, LAG, type RestStage, restAccess } from '../rest-stage.ts';

export const ADMIN = 'sk-ant-admin01-77aa55cc';
export const WORKSPACE = 'wrkspc_Search1';
export const KEY = 'apikey_Batch1';

export type AnthropicStage = RestStage<AnthropicStandIn>;

export async function openAnthropic(
  resourceId: string = KEY,
  parameters: Readonly<Record<string, string>> = {},
): Promise<AnthropicStage> {
  const clock = createClock();
  const cloud = await createAnthropicStandIn(
    { now: clock.now, lag: LAG },
    {
      adminKey: ADMIN,
      earlyAccess: true,
      workspaces: [
        { id: WORKSPACE, name: 'Search', tags: { env: 'dev' } },
        { id: 'wrkspc_Other', name: 'Other' },
      ],
      keys: [
        { id: KEY, name: 'batch', workspace: WORKSPACE },
        { id: 'apikey_Live1', name: 'live', workspace: WORKSPACE },
        { id: 'apikey_Old', name: 'old', workspace: WORKSPACE, status: 'inactive' },
        { id: 'apikey_Elsewhere', name: 'other', workspace: 'wrkspc_Other' },
      ],
    },
  );
  return {
    cloud,
    access: restAccess({ provider: 'anthropic', endpoint: cloud.url }, { ANTHROPIC_ADMIN_KEY: ADMIN }, clock),
    input: inputFor(resourceId, parameters),
    settle: () => clock.pass(2 * LAG),
  };
}

export function keyOf({ cloud }: AnthropicStage, id = KEY) {
  const key = cloud.keys.get(id);
  if (!key) throw new Error('the key is gone');
  return key;
}

export function workspaceOf({ cloud }: AnthropicStage) {
  const workspace = cloud.workspaces.get(WORKSPACE);
  if (!workspace) throw new Error('the workspace is gone');
  return workspace;
}

export const statuses = ({ cloud }: AnthropicStage) =>
  [...cloud.keys.values()].map(({ id, status }) => `${id} ${status}`);
