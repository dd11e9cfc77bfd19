/** Modals and the app's home: a stack of views per person. */
import { randomBytes } from 'node:crypto';
import { blockFiles, withBlockIds } from './messages.ts';
import { appId, botId } from './people.ts';
import { Refusal } from './refusal.ts';
import type { StoredView, WorkspaceState } from './state.ts';
import type { Block, HomeView, ModalView } from './wire.ts';

type Definition = Record<string, unknown> & { blocks: Block[] };
const MAX_STACK = 3;

/** A first modal. Refuses a second one with the same external_id. */
export function openView(state: WorkspaceState, person: string, definition: Definition): StoredView {
  refuseDuplicate(state, definition);
  const view = newView(state, person, definition, null);
  state.viewStacks.set(person, [view]);
  announceViews(state, person);
  return view;
}

/** Another modal on top of the open ones; three at most. */
export function pushView(state: WorkspaceState, person: string, definition: Definition): StoredView {
  const stack = stackOf(state, person);
  if (stack.length >= MAX_STACK) throw new Refusal('push_limit_reached');
  refuseDuplicate(state, definition);
  const view = newView(state, person, definition, stack.at(-1) ?? null);
  stack.push(view);
  state.viewStacks.set(person, stack);
  announceViews(state, person);
  return view;
}

/** New content for an open view. With a hash, refuses when somebody was faster. */
export function updateView(
  state: WorkspaceState,
  view: StoredView,
  definition: Definition,
  hash?: string,
): void {
  if (hash !== undefined && hash !== view.hash) throw new Refusal('hash_conflict');
  view.definition = { ...definition, blocks: withBlockIds(state, definition.blocks) };
  view.hash = newHash(state);
  announceViews(state, view.person);
}

export function publishHome(state: WorkspaceState, person: string, definition: Definition): StoredView {
  const view = newView(state, person, definition, null);
  state.homes.set(person, view);
  const home = homeView(view);
  state.hub.publish({ kind: 'home', home, files: blockFiles(state, home.blocks) }, [person]);
  return view;
}

/** Closes one view, or all of the person's. */
export function closeView(state: WorkspaceState, view: StoredView, all: boolean): void {
  const left = all ? [] : stackOf(state, view.person).filter((one) => one !== view);
  state.viewStacks.set(view.person, left);
  announceViews(state, view.person);
}

export function findView(
  state: WorkspaceState,
  by: { id?: unknown; externalId?: unknown },
): StoredView | undefined {
  const all = [...[...state.viewStacks.values()].flat(), ...state.homes.values()];
  return all.find((view) =>
    by.id ? view.id === by.id : by.externalId !== undefined && view.definition.external_id === by.externalId,
  );
}

export function stackOf(state: WorkspaceState, person: string): StoredView[] {
  return state.viewStacks.get(person) ?? [];
}

export function modalViews(state: WorkspaceState, person: string): ModalView[] {
  return stackOf(state, person).map(({ id, hash, definition }) => {
    const submit = textOf(definition.submit);
    return {
      id,
      hash,
      title: textOf(definition.title) ?? '',
      close: textOf(definition.close) ?? 'Cancel',
      blocks: definition.blocks,
      ...(submit ? { submit } : {}),
    };
  });
}

export function homeView({ id, definition }: StoredView): HomeView {
  return { id, blocks: definition.blocks };
}

/** Slack's view object, with what the person has filled in. */
export function viewObject(
  state: WorkspaceState,
  view: StoredView,
  values: unknown = {},
): Record<string, unknown> {
  const { definition } = view;
  return {
    id: view.id,
    team_id: state.seed.teamId,
    type: definition.type,
    blocks: definition.blocks,
    private_metadata: definition.private_metadata ?? '',
    callback_id: definition.callback_id ?? '',
    external_id: definition.external_id ?? '',
    state: { values },
    hash: view.hash,
    title: definition.title,
    submit: definition.submit ?? null,
    close: definition.close ?? null,
    clear_on_close: definition.clear_on_close ?? false,
    notify_on_close: definition.notify_on_close ?? false,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: appId(state),
    app_installed_team_id: state.seed.teamId,
    bot_id: botId(state),
  };
}

function newView(
  state: WorkspaceState,
  person: string,
  definition: Definition,
  previous: StoredView | null,
): StoredView {
  const id = state.ids.next('V');
  return {
    id,
    person,
    rootId: previous?.rootId ?? id,
    previousId: previous?.id ?? null,
    definition: { ...definition, blocks: withBlockIds(state, definition.blocks) },
    hash: newHash(state),
  };
}

function refuseDuplicate(state: WorkspaceState, definition: Definition): void {
  const externalId = definition.external_id;
  if (externalId && findView(state, { externalId })) throw new Refusal('duplicate_external_id');
}

function announceViews(state: WorkspaceState, person: string): void {
  const modals = modalViews(state, person);
  const files = modals.flatMap(({ blocks }) => blockFiles(state, blocks));
  state.hub.publish({ kind: 'modals', modals, files }, [person]);
}

const newHash = (state: WorkspaceState): string =>
  `${Math.floor(state.now() / 1000)}.${randomBytes(4).toString('hex')}`;

function textOf(value: unknown): string | undefined {
  const { text } = (value ?? {}) as { text?: unknown };
  return typeof text === 'string' ? text : undefined;
}
