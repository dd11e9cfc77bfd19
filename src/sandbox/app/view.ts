/** Submitting and closing a modal. */
import { blockFacts } from '../content.ts';
import { Refusal } from '../refusal.ts';
import type { StoredView, WorkspaceState } from '../state.ts';
import { newTrigger } from '../triggers.ts';
import { isRecord } from '../validate/rules.ts';
import { checkView } from '../validate/view.ts';
import { closeView, pushView, stackOf, updateView, viewObject } from '../views.ts';
import type { PageAnswer, ViewRequest } from '../wire.ts';
import { payloadBase } from './payload.ts';
import { type AppLink, sendPayload } from './send.ts';

/** Sends the form and does what the app's acknowledgement says: close, errors, update, push, clear. */
export async function submitView(
  state: WorkspaceState,
  link: AppLink,
  request: ViewRequest,
): Promise<PageAnswer> {
  const view = requireOpen(state, request);
  const ack = await sendPayload(link, {
    ...payloadBase(state, 'view_submission', request.person),
    trigger_id: newTrigger(state, request.person, view.id),
    view: viewObject(state, view, request.values),
    response_urls: [],
  });
  if (!ack.ok) return { ok: false, error: 'We had some trouble connecting. Try again?' };
  const answer = isRecord(ack.body) ? ack.body : {};
  switch (answer.response_action) {
    case 'errors':
      return { ok: false, errors: readErrors(answer.errors) };
    case 'update':
      updateView(state, view, checkView(answer.view, blockFacts(state, 'modal')));
      return { ok: true };
    case 'push':
      pushView(state, request.person, checkView(answer.view, blockFacts(state, 'modal')));
      return { ok: true };
    case 'clear':
      closeView(state, view, true);
      return { ok: true };
    default:
      closeView(state, view, false);
      return { ok: true };
  }
}

/** Closes the view, and tells the app if the view asked for that. */
export async function dismissView(state: WorkspaceState, link: AppLink, request: ViewRequest): Promise<void> {
  const view = requireOpen(state, request);
  const all = view.definition.clear_on_close === true;
  closeView(state, view, all);
  if (view.definition.notify_on_close !== true) return;
  await sendPayload(link, {
    ...payloadBase(state, 'view_closed', request.person),
    view: viewObject(state, view, request.values),
    is_cleared: all,
  });
}

function requireOpen(state: WorkspaceState, request: ViewRequest): StoredView {
  const view = stackOf(state, request.person).find(({ id }) => id === request.viewId);
  if (!view) throw new Refusal('not_found');
  return view;
}

function readErrors(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([block, text]) => [block, String(text)]));
}
