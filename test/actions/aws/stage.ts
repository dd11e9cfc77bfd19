/** A stage at AWS's stand-in, reached through plain AWS_ENDPOINT_URL by AWS's own SDK. */
import type { ActionAccess } from '../../../src/actions/types.ts';
import { recognise } from '../../../src/analysis/resources/recognise.ts';
import type { ActionAccount } from '../../../src/core/action.ts';
import {
  type AwsResources,
  type AwsStandIn,
  createAwsStandIn,
} from '../../../src/sandbox/cloud/aws/server.ts';
import type { ActionStage } from '../../contracts/action.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';
export const CREATED = new Date('2026-11-18T08:00:00Z');
/** 21 November 2026, noon. */
const START = Date.UTC(2026, 10, 21, 12);
const LAG = 60_000;

export type AwsStage = ActionStage & { readonly cloud: AwsStandIn };

/** One resource of these, by its id; `cloud.state` is changed as somebody else would in the console. */
export async function openStage(resourceId: string, resources: AwsResources): Promise<AwsStage> {
  let now = START;
  const cloud = await createAwsStandIn({ now: () => now, lag: LAG }, resources);
  const recognised = recognise(resourceId, { provider: 'AWS', account: ACCOUNT, region: REGION });
  if (!recognised.known) throw new Error(recognised.why);
  return {
    cloud,
    input: { ref: recognised.ref, parameters: {} },
    access: accessTo(cloud.url, { now: () => now }),
    settle: () => {
      now += 2 * LAG;
    },
  };
}

export function accessTo(
  url: string,
  changes: Partial<ActionAccess> & { readonly account?: Partial<ActionAccount> } = {},
): ActionAccess {
  const { account, ...others } = changes;
  const variables: Readonly<Record<string, string>> = {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret-of-anybody',
  };
  return {
    connection: { provider: 'aws', account: ACCOUNT, regions: [], namespaces: [], match: [], ...account },
    variable: (name) => variables[name],
    now: () => START,
    signal: new AbortController().signal,
    pace: 0.001,
    random: () => 0.5,
    log: () => undefined,
    ...others,
  };
}
