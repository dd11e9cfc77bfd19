/** How far a proposal was when its process died. */
import { listProposals } from '../../../src/store/proposals.ts';
import type { World } from './world.ts';

export const PHASES = ['propose', 'approve', 'run', 'verify', 'undo', 'after'] as const;
export type Phase = (typeof PHASES)[number];

/** `effects` are those that the proposal has had at the provider by then. */
export async function phaseOf({ store }: World, model: string, effects: number): Promise<Phase> {
  const all = await listProposals(store, { scope: `model:${model}` });
  const sent = all.filter(({ status }) => status !== 'draft');
  const stop = sent.find(({ undoOf }) => undoOf === undefined);
  const undo = sent.find(({ undoOf }) => undoOf !== undefined);
  if (!stop) return 'propose';
  if (stop.status === 'waiting') return 'approve';
  if (undo) return undo.finishedAt ? 'after' : 'undo';
  if (stop.status === 'approved') return 'run';
  if (stop.status !== 'running') return 'after';
  const chosen = stop.items.filter(({ state }) => !['skipped', 'refused', 'failed'].includes(state));
  return effects >= chosen.length ? 'verify' : 'run';
}
