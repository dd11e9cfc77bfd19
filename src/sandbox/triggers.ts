/** trigger_ids: short-lived and good for one modal. */
import { randomBytes } from 'node:crypto';
import { Refusal } from './refusal.ts';
import type { Trigger, WorkspaceState } from './state.ts';

/** A new trigger_id for what this person just did; `viewId` when it was done inside a modal. */
export function newTrigger(state: WorkspaceState, person: string, viewId?: string): string {
  const id = `${Math.floor(state.now())}.${state.triggers.size + 1}.${randomBytes(16).toString('hex')}`;
  state.triggers.set(id, {
    person,
    expiresAt: state.now() + state.triggerMs,
    used: false,
    ...(viewId ? { viewId } : {}),
  });
  return id;
}

/** Uses the trigger up; refuses unknown, used and expired ones as Slack does. */
export function exchangeTrigger(state: WorkspaceState, id: string): Trigger {
  const trigger = state.triggers.get(id);
  if (!trigger) throw new Refusal('invalid_trigger_id');
  if (trigger.used) throw new Refusal('exchanged_trigger_id');
  if (state.now() > trigger.expiresAt) throw new Refusal('expired_trigger_id');
  trigger.used = true;
  return trigger;
}
