/**
 * Teams does not count pictures inside a card against the size of a message; Microsoft's local client does, and takes
 * 100 kB. So on the way to it they become addresses.
 */
import { createHash } from 'node:crypto';

export interface BigPictures {
  /** The same message, with addresses below `base` for the pictures inside. */
  out(message: string, base: string): string;
  /** Bytes of the picture at a path. */
  find(path: string): { readonly type: string; readonly bytes: Buffer } | undefined;
}

export const PICTURES = '/_pictures/';
/** The oldest are forgotten. */
const KEPT = 500;
const DATA_URI = /"data:(image\/(?:png|jpeg|gif));base64,([A-Za-z0-9+/=]+)"/g;

export function createBigPictures(): BigPictures {
  const pictures = new Map<string, { readonly type: string; readonly bytes: Buffer }>();
  return {
    out: (message, base) =>
      message.replace(DATA_URI, (_, type: string, base64: string) => {
        const bytes = Buffer.from(base64, 'base64');
        const path = `${PICTURES}${createHash('sha256').update(bytes).digest('hex')}`;
        pictures.set(path, { type, bytes });
        const [oldest] = pictures.keys();
        if (pictures.size > KEPT && oldest) pictures.delete(oldest);
        return JSON.stringify(`${base}${path}`);
      }),
    find: (path) => pictures.get(path),
  };
}
