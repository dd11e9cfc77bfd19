/** Whether one proposal and its undo came out right: what is said, what is so at the provider, and what was asked for. */
import { isDeepStrictEqual } from 'node:util';
import { listProposals, type StoredItem, type StoredProposal } from '../../../src/store/proposals.ts';
import { listSavings } from '../../../src/store/savings.ts';
import { checkAudit } from './check-audit.ts';
import { checkMessages } from './check-messages.ts';
import { type Effect, NONE } from './ledger.ts';
import { resourcesOf } from './organisation.ts';
import type { Task } from './words.ts';
import type { World } from './world.ts';

const OVER = ['done', 'partly', 'failed'];
/** What a job that is run again takes over from the one that was stopped. */
const KEPT = [
  'AlgorithmSpecification',
  'CheckpointConfig',
  'HyperParameters',
  'InputDataConfig',
  'OutputDataConfig',
  'ResourceConfig',
  'RoleArn',
  'StoppingCondition',
];

/** What was there before, by key of the ledger. */
export type Before = ReadonlyMap<string, string>;

export interface Checked {
  /** Sentences; empty when all is right. */
  readonly wrong: readonly string[];
  readonly proposals: number;
  readonly items: Readonly<Record<string, number>>;
}

/** Key of the ledger for a ResourceId. */
export function keyOf(resourceId: string): string {
  const [, group] = /autoScalingGroupName\/(.+)$/.exec(resourceId) ?? [];
  if (group !== undefined) return `group/${group}`;
  const [, service] = /:service\/[^/]+\/(.+)$/.exec(resourceId) ?? [];
  return service === undefined ? resourceId : `service/${service}`;
}

export function lookBefore({ ledger }: World, { model }: Task): Before {
  return new Map(Object.values(resourcesOf(model)).map((id) => [keyOf(id), ledger.meant(keyOf(id))]));
}

/** `effects` are those since the task began. */
export async function checkTask(
  world: World,
  task: Task,
  { before, effects }: { readonly before: Before; readonly effects: readonly Effect[] },
): Promise<Checked> {
  const wrong: string[] = [];
  const all = await listProposals(world.store, { scope: `model:${task.model}` });
  const sent = all.filter(({ status }) => status !== 'draft');
  const stops = sent.filter(({ undoOf }) => undoOf === undefined);
  const undos = sent.filter(({ undoOf }) => undoOf !== undefined);
  const [stop] = stops;
  const [undo] = undos;
  if (!stop || stops.length !== 1) return failed(`${stops.length} proposals were sent instead of 1`);
  if (undos.length > 1) wrong.push(`it was undone ${undos.length} times`);
  const explained = new Set<Effect>();
  for (const item of stop.items) wrong.push(...checkStop(item, { world, before, effects, explained }));
  for (const item of undo?.items ?? []) wrong.push(...checkUndo(item, { world, before, effects, explained }));
  const stray = effects.filter((effect) => !explained.has(effect));
  if (stray.length > 0) wrong.push(`effects that nobody asked for: ${JSON.stringify(stray)}`);
  for (const one of sent) wrong.push(...checkStatus(one));
  wrong.push(...(await checkSavings(world, stop, undo)));
  wrong.push(...(await checkAudit(world.store, sent)));
  wrong.push(...(await checkMessages(world, sent)));
  const items: Record<string, number> = {};
  for (const { state } of sent.flatMap((one) => one.items)) items[state] = (items[state] ?? 0) + 1;
  return { wrong, proposals: sent.length, items };
}

function failed(why: string): Checked {
  return { wrong: [why], proposals: 0, items: {} };
}

interface Look {
  readonly world: World;
  readonly before: Before;
  readonly effects: readonly Effect[];
  readonly explained: Set<Effect>;
}

function checkStop(item: StoredItem, { before, effects, explained }: Look): string[] {
  const key = keyOf(item.resourceId);
  const was = before.get(key) ?? NONE;
  const zero = zeroOf(was);
  const mine = effects.filter((effect) => effect.key === key && effect.to === zero);
  for (const effect of mine) explained.add(effect);
  const about = `${item.name} (${item.state}: ${item.said ?? ''})`;
  switch (item.state) {
    case 'done':
      return mine.length === 1 ? [] : [`${about} was stopped ${mine.length} times`];
    case 'failed':
    case 'refused':
    case 'skipped':
      return mine.length === 0 ? [] : [`${about} was stopped nevertheless`];
    case 'planned':
    case 'started':
    case 'unclear':
      return [`${about} never ended`];
  }
}

function checkUndo(item: StoredItem, look: Look): string[] {
  const { world, before, effects, explained } = look;
  const isJob = item.resourceId.includes(':training-job/');
  const key = isJob ? newJob(world, item.resourceId) : keyOf(item.resourceId);
  const was = isJob ? 'on' : (before.get(key) ?? NONE);
  const mine = effects.filter((effect) => effect.key === key && effect.to === was);
  for (const effect of mine) explained.add(effect);
  const about = `undo of ${item.name} (${item.state}: ${item.said ?? ''})`;
  const so = world.ledger.meant(key);
  if (item.state !== 'done') {
    if (['planned', 'started', 'unclear'].includes(item.state)) return [`${about} never ended`];
    return mine.length === 0 ? [] : [`${about} was brought back nevertheless`];
  }
  if (mine.length !== 1) return [`${about} was brought back ${mine.length} times`];
  if (so !== was) return [`${about} is ${so} instead of ${was}`];
  return isJob ? checkJob(world, { old: item.resourceId, fresh: key }) : [];
}

function checkJob({ things }: World, { old, fresh }: { old: string; fresh: string }): string[] {
  const [a, b] = [things.get(old)?.fields ?? {}, things.get(fresh)?.fields ?? {}];
  return KEPT.filter((field) => !isDeepStrictEqual(a[field], b[field])).map(
    (field) => `${fresh} has another ${field}`,
  );
}

/** The ARN of the job that goes on from the checkpoint; a name of no job when there is none. */
function newJob({ things }: World, arn: string): string {
  return [...things.keys()].find((one) => one.startsWith(`${arn}-again-`)) ?? `${arn}-again`;
}

function zeroOf(was: string): string {
  if (was === 'on') return 'off';
  const sizes = was.split(' ');
  return sizes.length === 3 ? `0 ${sizes[1]} 0` : '0';
}

function checkStatus({ id, status, items, claimedUntil }: StoredProposal): string[] {
  if (!OVER.includes(status)) return [`proposal ${id} ended as ${status}`];
  const tried = items.filter(({ finishedAt }) => finishedAt !== undefined);
  const done = tried.filter(({ state }) => state === 'done').length;
  const expected = done === 0 ? 'failed' : done === tried.length ? 'done' : 'partly';
  const odd = items.filter(({ state, attempts }) => state === 'done' && attempts < 1);
  return [
    ...(status === expected
      ? []
      : [`proposal ${id} says ${status} where ${done} of ${tried.length} are done`]),
    ...odd.map(
      ({ name }) => `${name} is done without an attempt (claim until ${claimedUntil?.toISOString()})`,
    ),
  ];
}

async function checkSavings(
  { store }: World,
  stop: StoredProposal,
  undo: StoredProposal | undefined,
): Promise<string[]> {
  const savings = await listSavings(store, { proposalId: stop.id });
  const stray = undo ? await listSavings(store, { proposalId: undo.id }) : [];
  const undone = new Set(undo?.items.flatMap((item) => (item.state === 'done' ? [item.resourceId] : [])));
  return [
    ...stray.map(({ resourceId }) => `the undo of ${resourceId} claims to save`),
    ...stop.items.flatMap(({ id, name, state, resourceId }) => {
      const mine = savings.filter(({ itemId }) => itemId === id);
      // What is brought back on the same day saves nothing at all.
      const saves = state === 'done' && !undone.has(resourceId);
      if (mine.length !== (saves ? 1 : 0)) return [`${name} (${state}) has ${mine.length} savings`];
      return mine.flatMap(({ endDay }) =>
        endDay === undefined ? [] : [`the saving of ${name} ended by itself`],
      );
    }),
  ];
}
