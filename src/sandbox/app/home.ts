/** Somebody opens a tab of the app: it hears of that, and may show something. */
import { openDirect } from '../people.ts';
import type { WorkspaceState } from '../state.ts';
import { viewObject } from '../views.ts';
import type { HomeRequest } from '../wire.ts';

export function openAppHome(state: WorkspaceState, { person, tab }: HomeRequest): void {
  const channel = openDirect(state, [person]);
  const view = state.homes.get(person);
  state.tellApp({
    type: 'app_home_opened',
    user: person,
    channel: channel.id,
    tab: tab === 'home' ? 'home' : 'messages',
    ...(view && tab === 'home' ? { view: viewObject(state, view) } : {}),
    event_ts: state.ids.ts(),
  });
}
