/** What of each period was imported last, so that only what changed is downloaded. */
import * as z from 'zod';

const Cursor = z.object({
  version: z.literal(1),
  location: z.string(),
  /** Id of an export part → fingerprint of its files. */
  parts: z.record(z.string(), z.string()),
});

/** Fingerprints by part; empty when there is no cursor, or it is of another place or program. */
export function readCursor(text: string | undefined, location: string): Map<string, string> {
  if (text === undefined) return new Map();
  try {
    const cursor = Cursor.parse(JSON.parse(text));
    return new Map(cursor.location === location ? Object.entries(cursor.parts) : []);
  } catch {
    // Everything is looked at again, which changes nothing that is stored.
    return new Map();
  }
}

export function writeCursor(parts: ReadonlyMap<string, string>, location: string): string {
  return JSON.stringify({ version: 1, location, parts: Object.fromEntries(parts) });
}
