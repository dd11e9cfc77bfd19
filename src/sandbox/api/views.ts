/** views.*: modals and the app's home. */
import { blockFacts } from '../content.ts';
import { findPerson } from '../people.ts';
import { Refusal } from '../refusal.ts';
import type { WorkspaceState } from '../state.ts';
import { exchangeTrigger } from '../triggers.ts';
import { checkView } from '../validate/view.ts';
import { findView, openView, publishHome, pushView, updateView, viewObject } from '../views.ts';
import { type Arguments, jsonArgument, type Method, textArgument } from './method.ts';

export const open: Method = {
  needs: ['trigger_id', 'view'],
  run(state, args) {
    const definition = readView(state, args, 'modal');
    const trigger = exchangeTrigger(state, textArgument(args, 'trigger_id'));
    const view = openView(state, trigger.person, definition);
    return { view: viewObject(state, view) };
  },
};

export const push: Method = {
  needs: ['trigger_id', 'view'],
  run(state, args) {
    const definition = readView(state, args, 'modal');
    const trigger = exchangeTrigger(state, textArgument(args, 'trigger_id'));
    if (!trigger.viewId) throw new Refusal('invalid_trigger_id');
    const view = pushView(state, trigger.person, definition);
    return { view: viewObject(state, view) };
  },
};

export const update: Method = {
  needs: ['view'],
  run(state, args) {
    const id = textArgument(args, 'view_id');
    const externalId = textArgument(args, 'external_id');
    if (!id && !externalId)
      throw new Refusal('invalid_arguments', { problems: ['missing required field: view_id'] });
    const definition = readView(state, args, 'modal');
    const view = findView(state, id ? { id } : { externalId });
    if (!view) throw new Refusal('not_found');
    updateView(state, view, definition, textArgument(args, 'hash') || undefined);
    return { view: viewObject(state, view) };
  },
};

export const publish: Method = {
  needs: ['user_id', 'view'],
  run(state, args) {
    const person = textArgument(args, 'user_id');
    if (!findPerson(state, person)) throw new Refusal('user_not_found');
    const view = publishHome(state, person, readView(state, args, 'home'));
    return { view: viewObject(state, view) };
  },
};

function readView(state: WorkspaceState, args: Arguments, surface: 'modal' | 'home') {
  return checkView(jsonArgument(args, 'view'), blockFacts(state, surface));
}
