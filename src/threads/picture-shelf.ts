/** Keeps charts until the database takes them, so that no message waits for an import that is writing. */
import type { Logger } from '../core/log.ts';
import { findPicture, type StoredPicture, savePicture } from '../store/chat-pictures.ts';
import type { Store } from '../store/open.ts';
import { whenFree } from '../store/write-lock.ts';

export interface PictureShelf {
  put(picture: StoredPicture): void;
  find(id: string): Promise<StoredPicture | undefined>;
  /** Resolves when nothing is left to be written. */
  settle(): Promise<void>;
}

const shelves = new WeakMap<Store, PictureShelf>();

/** One per database and thread. A crash before a chart is written loses its picture; the words of the message stay. */
export function pictureShelfOf(store: Store, log: Logger): PictureShelf {
  const known = shelves.get(store);
  if (known) return known;
  const shelf = createPictureShelf(store, log);
  shelves.set(store, shelf);
  return shelf;
}

function createPictureShelf(store: Store, log: Logger): PictureShelf {
  const waiting = new Map<string, StoredPicture>();
  let writing = Promise.resolve();

  async function write(picture: StoredPicture): Promise<void> {
    try {
      await whenFree(() => savePicture(store, picture));
    } catch (error) {
      log.error({ err: error }, 'a chart could not be kept');
    }
    if (waiting.get(picture.id) === picture) waiting.delete(picture.id);
  }

  return {
    put(picture) {
      waiting.set(picture.id, picture);
      writing = writing.then(() => write(picture));
    },
    find: async (id) => waiting.get(id) ?? findPicture(store, id),
    settle: () => writing,
  };
}
