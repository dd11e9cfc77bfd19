/** Keeps new buttons until the database takes them, so that an answer never waits for an import that is writing. */
import type { Logger } from '../core/log.ts';
import { type StoredButton, saveButtons } from '../store/buttons.ts';
import type { Store } from '../store/open.ts';
import { whenFree } from '../store/write-lock.ts';

export interface ButtonShelf {
  /** Takes the buttons at once; they are written as soon as no other connection is writing. */
  put(buttons: readonly StoredButton[], createdAt: Date): void;
  /** A button that is not written yet. */
  find(id: string): StoredButton | undefined;
  /** Resolves when nothing is left to be written. */
  settle(): Promise<void>;
}

/** A crash before they are written loses them: clicking one then says that it is not known any more. */
export function createButtonShelf(store: Store, log: Logger): ButtonShelf {
  const waiting = new Map<string, StoredButton>();
  let writing = Promise.resolve();

  return {
    put(buttons, createdAt) {
      for (const button of buttons) waiting.set(button.id, button);
      writing = writing.then(() => write(buttons, createdAt));
    },
    find: (id) => waiting.get(id),
    settle: () => writing,
  };

  async function write(buttons: readonly StoredButton[], createdAt: Date): Promise<void> {
    try {
      await whenFree(() => saveButtons(store, buttons, createdAt));
    } catch (error) {
      log.error({ err: error, buttons: buttons.length }, 'buttons could not be written');
    }
    for (const { id } of buttons) waiting.delete(id);
  }
}
