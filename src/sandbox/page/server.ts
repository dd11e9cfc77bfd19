/** Calls of the page to its server. Paths are relative: the page may live under any address. */
import type {
  ActionRequest,
  CommandRequest,
  HomeRequest,
  PageAnswer,
  ShortcutRequest,
  Snapshot,
  ViewRequest,
} from '../wire.ts';

const UNREACHABLE = 'The workspace does not answer. Is the server still running?';

export async function loadSnapshot(person: string): Promise<Snapshot> {
  const response = await fetch(`sandbox/state?person=${encodeURIComponent(person)}`);
  if (!response.ok) throw new Error(((await response.json()) as PageAnswer).error ?? UNREACHABLE);
  return (await response.json()) as Snapshot;
}

export const sendLine = (request: CommandRequest): Promise<PageAnswer> => post('sandbox/message', request);
export const sendAction = (request: ActionRequest): Promise<PageAnswer> => post('sandbox/action', request);
export const chooseShortcut = (request: ShortcutRequest): Promise<PageAnswer> =>
  post('sandbox/shortcut', request);
export const openHome = (request: HomeRequest): Promise<PageAnswer> => post('sandbox/home', request);
export const submitView = (request: ViewRequest): Promise<PageAnswer> => post('sandbox/view/submit', request);
export const closeView = (request: ViewRequest): Promise<PageAnswer> => post('sandbox/view/close', request);

/** Never throws: what went wrong is in the answer, in words. */
async function post(path: string, body: object): Promise<PageAnswer> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as PageAnswer;
  } catch {
    return { ok: false, error: UNREACHABLE };
  }
}
