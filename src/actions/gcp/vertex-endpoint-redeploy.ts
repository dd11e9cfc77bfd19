/** Brings back what was undeployed from an endpoint: the same models, machines and traffic. */
import * as z from 'zod';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, ActionInput, Planned, Undo, Verified } from '../types.ts';
import { digitsOf } from './request-id.ts';
import {
  awaitChange,
  awaitQuiet,
  changeEndpoint,
  DeployedModel,
  type Endpoint,
  readChanges,
  readEndpoint,
  TrafficSplit,
} from './vertex-endpoint.ts';
import { count, goneNow } from './words.ts';

/** Deploying takes up to a quarter of an hour, more for large models. */
const LIMIT = 30 * 60_000;

const Before = z.object({ deployedModels: z.array(DeployedModel), trafficSplit: TrafficSplit });

interface Target {
  /** As deployModel takes it. */
  readonly model: Readonly<Record<string, unknown>>;
  readonly id: string;
}

export const redeploy: Undo = {
  title: 'Deploy again',
  past: 'deployed again',
  hours: 72,
  run: deployAgain,
  verify,
};

async function deployAgain(access: ActionAccess, { input, before }: Planned): Promise<void> {
  const { targets, split } = wanted(input, before);
  for (const [index, { id, model }] of targets.entries()) {
    const endpoint = await readEndpoint(access, input);
    if (!endpoint)
      throw new AppError('CONFLICT', `${input.ref.name} cannot be deployed again: the endpoint is gone.`, {
        hint: 'It was deleted since. Its models may be deployed to a new endpoint.',
      });
    if (endpoint.deployedModels.some((one) => one.id === id)) continue;
    const last = index === targets.length - 1;
    const { pending } = await readChanges(access, input);
    if (pending === 'deployModel' && last) return;
    if (pending !== undefined) await awaitQuiet(access, input, LIMIT);
    if (pending === 'deployModel' && (await isThere(access, input, id))) continue;
    const operation = await changeEndpoint(access, input, 'deployModel', {
      deployedModel: model,
      // "0" is the model that is being deployed; the others are there by then.
      ...(last && Object.keys(split).length > 0 && { trafficSplit: withZero(split, id) }),
    });
    if (!last) await awaitChange(access, input, operation, LIMIT);
  }
}

async function verify(access: ActionAccess, { input, before }: Planned): Promise<Verified> {
  const what = input.ref.name;
  const { targets, split } = wanted(input, before);
  const endpoint = await readEndpoint(access, input);
  if (!endpoint) return goneNow(what);
  const there = targets.filter(({ id }) => endpoint.deployedModels.some((one) => one.id === id));
  const state = stateOf(endpoint);
  if (there.length === targets.length && sameSplit(split, endpoint.trafficSplit))
    return {
      state,
      outcome: 'reached',
      said: `${what} has ${count(targets.length, 'model')} deployed again.`,
    };
  const { pending, failure } = await readChanges(access, input);
  if (pending === 'deployModel')
    return { state, outcome: 'moving', said: `${what} is being deployed, which takes some minutes.` };
  if (endpoint.deployedModels.length === 0)
    return { state, outcome: 'unchanged', said: `${what} has no model deployed${failure}.` };
  return {
    state,
    outcome: 'elsewhere',
    said: `${what} has ${there.length} of ${count(targets.length, 'model')} deployed again, or other traffic than before${failure}.`,
  };
}

/** "deployed" while there is any model. */
export function stateOf({ deployedModels }: Endpoint): string {
  return deployedModels.length > 0 ? 'deployed' : 'not deployed';
}

/** What is to be deployed again, in the order of traffic, so that requests are answered only when all is there. */
function wanted(
  input: ActionInput,
  before: Planned['before'],
): { readonly targets: readonly Target[]; readonly split: TrafficSplit } {
  const remembered = Before.parse(before);
  const targets = remembered.deployedModels.map((deployed) => {
    const { createTime, modelVersionId, privateEndpoints, status, ...kept } = deployed;
    const id = newId(input, deployed);
    // A model without a version is its default one, which may be another by now.
    const model =
      modelVersionId === undefined || kept.model.includes('@')
        ? kept.model
        : `${kept.model}@${modelVersionId}`;
    return { id, old: deployed.id, model: { ...kept, id, model } };
  });
  const split = Object.fromEntries(
    targets.flatMap(({ id, old }) => {
      const share = remembered.trafficSplit[old];
      return share === undefined ? [] : [[id, share]];
    }),
  );
  return { targets: targets.toSorted((a, b) => (split[a.id] ?? 0) - (split[b.id] ?? 0)), split };
}

/**
 * Google's own ids have nineteen digits, but it takes ten at most when it is told one; ours is the same at each try, so
 * that no model is deployed twice.
 */
function newId({ ref }: ActionInput, { id, createTime }: DeployedModel): string {
  return /^\d{1,10}$/.test(id) ? id : digitsOf(`${ref.resourceId} ${id} ${createTime ?? ''}`);
}

function withZero(split: TrafficSplit, id: string): TrafficSplit {
  return Object.fromEntries(Object.entries(split).map(([key, share]) => [key === id ? '0' : key, share]));
}

function sameSplit(wantedSplit: TrafficSplit, split: TrafficSplit): boolean {
  const shares = (one: TrafficSplit) => Object.entries(one).filter(([, share]) => share > 0);
  return (
    shares(wantedSplit).length === shares(split).length &&
    shares(wantedSplit).every(([id, share]) => split[id] === share)
  );
}

async function isThere(access: ActionAccess, input: ActionInput, id: string): Promise<boolean> {
  return (await readEndpoint(access, input))?.deployedModels.some((one) => one.id === id) === true;
}
