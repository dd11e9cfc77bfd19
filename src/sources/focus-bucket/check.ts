/** Whether polling would work: the listing, the newest manifest, what was recognised. */
import { AppError } from '../../core/errors.ts';
import type { Access, SourceCheck } from '../types.ts';
import { openBucket } from './bucket.ts';
import { findExports, LAYOUTS } from './layout.ts';
import { resolvePart } from './resolve.ts';
import type { FocusBucketSettings } from './settings.ts';
import type { BucketObject } from './types.ts';

/** A check stays cheap however large the bucket is. */
const PAGES = 5;

/** At most five pages of the listing and one manifest. */
export async function checkBucket(
  settings: FocusBucketSettings,
  access: Access,
): Promise<readonly SourceCheck[]> {
  const { location } = settings;
  try {
    const bucket = await openBucket(settings, access);
    const objects = new Map<string, BucketObject>();
    let pages = 0;
    for await (const page of bucket.pages()) {
      for (const object of page) objects.set(object.key, object);
      if (++pages === PAGES) break;
    }
    const listed: SourceCheck = {
      ok: objects.size > 0,
      said: `${location.shown} can be listed: ${pages === PAGES ? 'at least ' : ''}${objects.size} objects.`,
      ...(objects.size === 0 && {
        hint: 'Check location. The first delivery of a new export takes up to a day.',
      }),
    };
    const parts = findExports([...objects.values()], location.prefix);
    const [newest] = parts;
    if (!newest) return objects.size === 0 ? [listed] : [listed, NO_EXPORTS];
    const layouts = [...new Set(parts.map(({ layout }) => LAYOUTS[layout]))].join('; ');
    const periods = parts.filter(({ days }) => days).map(({ days }) => days?.start.slice(0, 7));
    const span = periods.length > 0 ? `, ${periods.at(-1)} to ${periods[0]}` : '';
    const found: SourceCheck = {
      ok: true,
      said: `Recognised: ${layouts}; ${parts.length} ${parts.length === 1 ? 'period' : 'periods'}${span}.`,
    };
    const state = await resolvePart(bucket, newest, objects, access.now());
    if (state.waits !== undefined && pages < PAGES)
      return [
        listed,
        found,
        {
          ok: false,
          said: `The newest period waits: ${state.waits}.`,
          hint: 'This mends itself with the next delivery.',
        },
      ];
    return [listed, found];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [{ ok: false, said: error.message, ...(error.hint !== undefined && { hint: error.hint }) }];
  }
}

const NO_EXPORTS: SourceCheck = {
  ok: false,
  said: 'None of the objects is a CSV or Parquet file or a manifest.',
  hint: 'Check location: it should name the folder that the export is delivered to.',
};
