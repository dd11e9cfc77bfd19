/** Google Cloud for the tests of its actions: a stand-in of its own for each, on a clock that only tests move. */
import type { ActionAccess, ActionInput } from '../../../src/actions/types.ts';
import { recognise } from '../../../src/analysis/resources/recognise.ts';
import {
  createGcpStandIn,
  type GcpResources,
  type GcpStandIn,
} from '../../../src/sandbox/cloud/gcp/index.ts';
import type { ActionStage } from '../../contracts/action.ts';

const START = Date.parse('2026-11-20T09:00:00Z');
const LAG = 60_000;

export interface GcpStage extends ActionStage {
  readonly cloud: GcpStandIn;
}

/** With a `lag` of real milliseconds, time goes by itself: for what takes several changes one after the other. */
export async function openStage(
  resourceId: string,
  resources: GcpResources,
  options: { readonly lag?: number } = {},
): Promise<GcpStage> {
  let moved = 0;
  const now = () => (options.lag === undefined ? START : Date.now()) + moved;
  const cloud = await createGcpStandIn({ now, lag: options.lag ?? LAG }, resources);
  return {
    access: accessTo(cloud.url, now),
    input: inputFor(resourceId),
    cloud,
    settle() {
      moved += LAG * 2;
    },
  };
}

export function inputFor(resourceId: string): ActionInput {
  const recognised = recognise(resourceId, { account: 'acme-ml-dev' });
  if (!recognised.known) throw new Error(recognised.why);
  return { ref: recognised.ref, parameters: {} };
}

export function accessTo(
  endpoint: string | undefined,
  now: () => number,
  variables: Readonly<Record<string, string>> = {},
): ActionAccess {
  return {
    connection: {
      provider: 'gcp',
      account: 'acme-ml-dev',
      regions: [],
      namespaces: [],
      match: [],
      ...(endpoint !== undefined && { endpoint }),
    },
    variable: (name) => variables[name],
    now,
    signal: AbortSignal.timeout(20_000),
    pace: 0.0001,
    random: () => 0.5,
    log: () => undefined,
  };
}

/** What the stand-in holds of the resource whose key ends so. */
export function held({ cloud }: GcpStage, name: string): Record<string, unknown> {
  const found = Object.entries(cloud.snapshot() as Record<string, Record<string, unknown>>).find(([key]) =>
    key.endsWith(name),
  );
  if (!found) throw new Error(`${name} is gone`);
  return found[1];
}
