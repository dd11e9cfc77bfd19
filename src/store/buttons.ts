/** What buttons and forms on messages ask for, kept on our side. */
import type { Store, StoreTransaction } from './open.ts';

export interface StoredButton {
  readonly id: string;
  /** JSON. */
  readonly payload: string;
  readonly expiresAt: Date;
}

export async function saveButtons(
  store: StoreTransaction,
  buttons: readonly StoredButton[],
  createdAt: Date,
): Promise<void> {
  if (buttons.length > 0)
    await store.button.createMany({ data: buttons.map((button) => ({ ...button, createdAt })) });
}

/** The button, expired or not; undefined when there is none. */
export async function loadButton(store: Store, id: string): Promise<StoredButton | undefined> {
  return (await store.button.findUnique({ where: { id } })) ?? undefined;
}

/** Removes buttons that expired before `before`. */
export async function forgetButtons(store: Store, before: Date): Promise<number> {
  return (await store.button.deleteMany({ where: { expiresAt: { lt: before } } })).count;
}
