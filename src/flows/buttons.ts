/** Gives buttons and forms their opaque ids, and finds what an id asks for. */
import { AppError } from '../core/errors.ts';
import { forgetButtons, loadButton, type StoredButton, saveButtons } from '../store/buttons.ts';
import type { StoreTransaction } from '../store/open.ts';
import type { Button, ButtonAction, Form, View } from '../view/elements.ts';
import type { Context } from './context.ts';

const DAY_MS = 86_400_000;
/** Buttons on answers work this long. */
export const BUTTON_DAYS = 7;

/** A form as remembered: which one, and the command it starts from. */
export interface FormAction {
  readonly do: 'submit';
  readonly form: string;
  readonly text: string;
}

export type NewId = () => string;

/** Where buttons are remembered: on the shelf if there is one, else in the store, which may be a transaction. */
export type ButtonPlace = Pick<Context, 'now' | 'shelf'> & { readonly store: StoreTransaction };

/** The same view with an id on every button; the ids are remembered first, so that a click always finds them. */
export async function registerButtons(context: ButtonPlace, newId: NewId, view: View): Promise<View> {
  const stored: StoredButton[] = [];
  const expiresAt = new Date(context.now() + BUTTON_DAYS * DAY_MS);
  const register = (button: Button): Button => {
    const id = newId();
    stored.push({ id, payload: JSON.stringify(button.action), expiresAt });
    return { ...button, id };
  };
  const elements = view.elements.map((element) =>
    element.kind === 'actions' ? { ...element, buttons: element.buttons.map(register) } : element,
  );
  await remember(context, stored);
  return { elements };
}

/** The same form with an id that its submission will carry. */
export async function registerForm(context: Context, newId: NewId, form: Form): Promise<Form> {
  const id = newId();
  const action: FormAction = { do: 'submit', form: form.form, text: form.text };
  const expiresAt = new Date(context.now() + DAY_MS);
  await remember(context, [{ id, payload: JSON.stringify(action), expiresAt }]);
  return { ...form, id };
}

async function remember(context: ButtonPlace, buttons: readonly StoredButton[]): Promise<void> {
  const now = new Date(context.now());
  if (context.shelf) context.shelf.put(buttons, now);
  else await saveButtons(context.store, buttons, now);
}

/** What a button or form id asks for. Throws NOT_FOUND or LIMIT (expired) in words for the person who clicked. */
export async function findAction(context: Context, id: string): Promise<ButtonAction | FormAction> {
  const button = context.shelf?.find(id) ?? (await loadButton(context.store, id));
  if (!button)
    throw new AppError('NOT_FOUND', 'This button is not known here any more.', {
      hint: 'Ask again with /cost.',
    });
  if (button.expiresAt.getTime() <= context.now())
    throw new AppError('LIMIT', `This button is older than ${BUTTON_DAYS} days and has expired.`, {
      hint: 'Ask again with /cost, so that the figures are fresh.',
    });
  return JSON.parse(button.payload);
}

/** Removes buttons that expired so long ago that saying so is no use any more. */
export async function forgetOldButtons(context: Context): Promise<void> {
  await forgetButtons(context.store, new Date(context.now() - BUTTON_DAYS * DAY_MS));
}
