/** What buttons and forms on messages ask for, kept on our side, and who used those that work once. */
import type { Store, StoreTransaction } from './open.ts';

export interface StoredButton {
  readonly id: string;
  /** JSON. */
  readonly payload: string;
  readonly expiresAt: Date;
}

/** Of a button that works once. `by` is an actor's key. */
export interface ButtonUse {
  readonly at: Date;
  readonly by: string;
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

/** Marks a button as used, in one statement: true for whoever is first, false for everybody after. */
export async function claimButton(store: Store, id: string, { at, by }: ButtonUse): Promise<boolean> {
  const { count } = await store.button.updateMany({
    where: { id, usedAt: null },
    data: { usedAt: at, usedBy: by },
  });
  return count === 1;
}

/** Takes one's own mark off again. */
export async function releaseButton(store: Store, id: string, { at, by }: ButtonUse): Promise<void> {
  await store.button.updateMany({
    where: { id, usedAt: at, usedBy: by },
    data: { usedAt: null, usedBy: null },
  });
}

/** Who used it and when; undefined while nobody has. */
export async function readUse(store: Store, id: string): Promise<ButtonUse | undefined> {
  const row = await store.button.findUnique({ where: { id }, select: { usedAt: true, usedBy: true } });
  return row?.usedAt && row.usedBy !== null ? { at: row.usedAt, by: row.usedBy } : undefined;
}

/** Removes buttons that expired before `before`. */
export async function forgetButtons(store: Store, before: Date): Promise<number> {
  return (await store.button.deleteMany({ where: { expiresAt: { lt: before } } })).count;
}
