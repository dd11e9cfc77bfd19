/** Where the deployments of an online endpoint stand between two numbers of instances. */
import type { Verified } from '../types.ts';
import type { Deployment, Endpoint } from './aml-endpoint.ts';
import { goneNow, listed } from './words.ts';

type Counts = Readonly<Record<string, number>>;

/** `target` and `from` by name of the deployment; other deployments do not matter. */
export function verifyInstances(
  endpoint: Endpoint | undefined,
  what: string,
  { target, from }: { target: Counts; from: Counts },
): Verified {
  const deployments = endpoint?.deployments.filter(({ name }) => name in target) ?? [];
  if (!endpoint || deployments.length === 0) return goneNow(what);
  const state = listed(deployments.map(({ name, instances }) => `${name}: ${instances ?? 'unknown'}`));
  const said = `${what} has ${deployments.map(inWords).join(', ')}.`;
  const missing = Object.keys(target).some((name) => !deployments.some((one) => one.name === name));
  const there = deployments.filter(({ name, instances }) => instances === target[name]);
  if (deployments.some(({ state: own }) => MOVING.includes(own))) return { state, outcome: 'moving', said };
  if (there.length === deployments.length && !missing)
    return deployments.every(({ state: own }) => own === 'Succeeded')
      ? { state, outcome: 'reached', said }
      : { state, outcome: 'elsewhere', said };
  const unchanged = deployments.every(({ name, instances }) => instances === from[name]) && !missing;
  return { state, outcome: unchanged ? 'unchanged' : 'elsewhere', said };
}

const MOVING = ['Creating', 'Updating', 'Scaling'];

function inWords({ name, instances, state }: Deployment): string {
  const suffix = state === 'Succeeded' ? '' : ` (${state})`;
  return `${instances ?? 'an unknown number of'} of ${name}${suffix}`;
}
