/** Gives buttons and forms their opaque ids, and finds what an id asks for. */
import type { Conversation } from '../core/conversation.ts';
import { AppError } from '../core/errors.ts';
import { workspaceWord } from '../core/refusals.ts';
import { forgetButtons, loadButton, type StoredButton, saveButtons } from '../store/buttons.ts';
import type { StoreTransaction } from '../store/open.ts';
import type { Button, ButtonAction, Form, View } from '../view/elements.ts';
import { formWithTypedCommands, withTypedCommands } from '../view/typed-commands.ts';
import type { Context } from './context.ts';
import { refusal } from './refused.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Buttons on answers work this long. */
export const BUTTON_DAYS = 7;

/** A form as remembered: which one, and the command it starts from. */
export interface FormAction {
  readonly do: 'submit';
  readonly form: string;
  readonly text: string;
  /** The button that works once and opened it: used when the form is sent. */
  readonly opener?: string;
}

/** What a button or form asks for, and what it is bound to. */
export interface KnownButton {
  readonly id: string;
  readonly action: ButtonAction | FormAction;
  /** Works for whoever is first. */
  readonly once: boolean;
}

/** As written: the action itself with what it is bound to beside it. */
type Payload = (ButtonAction | FormAction) & {
  readonly once?: boolean;
  readonly hours?: number;
  readonly platform?: string;
  readonly workspace?: string;
};

/** Where the message with the buttons is shown, as far as that is known: they work nowhere else. */
export type ButtonHome = Pick<Conversation, 'platform' | 'workspace' | 'direct'>;

export type NewId = () => string;

/** Where buttons are remembered: on the shelf if there is one, else in the store, which may be a transaction. */
export type ButtonPlace = Pick<Context, 'now' | 'shelf'> & { readonly store: StoreTransaction };

/**
 * The same view as its home shows it: with an id on every button, and commands as they are typed there. The ids are
 * remembered first, so that a click always finds them.
 */
export async function registerButtons(
  context: ButtonPlace,
  newId: NewId,
  view: View,
  home?: ButtonHome,
): Promise<View> {
  const stored: StoredButton[] = [];
  const register = (button: Button): Button => {
    const id = newId();
    const { action, once, hours } = button;
    const payload: Payload = { ...action, ...(once && { once }), ...(hours && { hours }), ...boundTo(home) };
    const lives = hours === undefined ? BUTTON_DAYS * DAY_MS : hours * HOUR_MS;
    stored.push({ id, payload: JSON.stringify(payload), expiresAt: new Date(context.now() + lives) });
    return { ...button, id };
  };
  const elements = withTypedCommands(view, home).elements.map((element) =>
    element.kind === 'actions' ? { ...element, buttons: element.buttons.map(register) } : element,
  );
  const mine = view.mine && { ...view.mine, button: register(view.mine.button) };
  await remember(context, stored);
  return { elements, ...(mine && { mine }) };
}

/** The same form with an id that its submission will carry, and one on every button in it. `opener` is the button that opened it. */
export async function registerForm(
  context: Context,
  newId: NewId,
  form: Form,
  { home, opener }: { readonly home?: ButtonHome; readonly opener?: KnownButton } = {},
): Promise<Form> {
  const id = newId();
  const action: FormAction = {
    do: 'submit',
    form: form.form,
    text: form.text,
    ...(opener?.once && { opener: opener.id }),
  };
  const expiresAt = new Date(context.now() + DAY_MS);
  const payload: Payload = { ...action, ...boundTo(home) };
  await remember(context, [{ id, payload: JSON.stringify(payload), expiresAt }]);
  const shown = formWithTypedCommands(form, home);
  if (!form.body) return { ...shown, id };
  const body = await registerButtons(context, newId, { elements: form.body }, home);
  return { ...shown, id, body: body.elements };
}

function boundTo(home: ButtonHome | undefined): ButtonHome | undefined {
  return home && { platform: home.platform, ...(home.workspace && { workspace: home.workspace }) };
}

async function remember(context: ButtonPlace, buttons: readonly StoredButton[]): Promise<void> {
  const now = new Date(context.now());
  if (context.shelf) context.shelf.put(buttons, now);
  else await saveButtons(context.store, buttons, now);
}

/**
 * What a button or form id asks for. Throws NOT_FOUND, LIMIT (expired) or FORBIDDEN (clicked elsewhere than it was shown),
 * in words for the person who clicked.
 */
export async function findAction(context: Context, id: string, clickedIn: ButtonHome): Promise<KnownButton> {
  const button = context.shelf?.find(id) ?? (await loadButton(context.store, id));
  if (!button)
    throw refusal(
      'click',
      'button:unknown',
      new AppError('NOT_FOUND', 'This button is not known here any more.', {
        hint: 'Ask again.',
      }),
    );
  const { once = false, hours, platform, workspace, ...action }: Payload = JSON.parse(button.payload);
  if (isElsewhere({ platform, workspace }, clickedIn))
    throw refusal(
      'click',
      `button:${id}`,
      new AppError('FORBIDDEN', `This button belongs to another ${workspaceWord(clickedIn.platform)}.`, {
        hint: 'Ask in this one. Nothing was changed.',
      }),
    );
  if (button.expiresAt.getTime() <= context.now()) throw expired(id, once, hours);
  return { id, action, once };
}

function isElsewhere(home: Partial<ButtonHome>, clickedIn: ButtonHome): boolean {
  if (home.platform !== undefined && home.platform !== clickedIn.platform) return true;
  if (home.workspace === undefined || clickedIn.workspace === undefined) return false;
  return home.workspace !== clickedIn.workspace;
}

function expired(id: string, once: boolean, hours: number | undefined): AppError {
  const age = hours === undefined ? `${BUTTON_DAYS} days` : `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
  const error = new AppError('LIMIT', `This button is older than ${age} and has expired.`, {
    hint: 'Ask again, so that the figures are fresh.',
  });
  return once ? refusal('click', `button:${id}`, error) : error;
}

/** Removes buttons that expired so long ago that saying so is no use any more. */
export async function forgetOldButtons(context: Context): Promise<void> {
  await forgetButtons(context.store, new Date(context.now() - BUTTON_DAYS * DAY_MS));
}
