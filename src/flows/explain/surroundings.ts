/** What was changed and what providers themselves found around the days of a change of cost. */
import { foldValue } from '../../analysis/allocate/fold.ts';
import type { NearbyChange, ProviderFinding } from '../../core/anomaly.ts';
import { addDays, type Day, dayToMs } from '../../core/day.ts';
import { listChanges, type StoredChange } from '../../store/change-events.ts';
import { overlappingEvidence } from '../../store/evidence.ts';
import type { Context } from '../context.ts';

/** What was changed this many days before the first day may have to do with it. */
const DAYS_BEFORE = 3;
const SHOWN = 10;

export interface Place {
  readonly team?: string | null;
  readonly model?: string | null;
  readonly service?: string | null;
  readonly environment?: string | null;
}

/** Changes to the same thing from three days before the first day to the last, the nearest to the first day first. */
export async function nearbyChanges(
  context: Context,
  place: Place,
  { first, last }: { readonly first: Day; readonly last: Day },
): Promise<NearbyChange[]> {
  const start = dayToMs(first);
  const changes = await listChanges(context.store, {
    from: new Date(start - DAYS_BEFORE * 86_400_000),
    to: new Date(dayToMs(addDays(last, 1)) - 1),
  });
  return changes
    .filter((change) => concerns(change, place))
    .sort((a, b) => Math.abs(a.at.getTime() - start) - Math.abs(b.at.getTime() - start))
    .slice(0, SHOWN)
    .map(({ at, kind, title, version, url, sender }) => ({
      at,
      kind,
      title,
      ...(version !== undefined && { version }),
      ...(url !== undefined && { url }),
      sender,
      daysFromStart: Math.floor((at.getTime() - start) / 86_400_000),
    }));
}

/** A change that names another model, team, service or environment is about something else. */
function concerns(change: StoredChange, place: Place): boolean {
  return (['team', 'model', 'service', 'environment'] as const).every((column) => {
    const said = change[column];
    const here = place[column];
    // Where the model is the same it does not matter which team was named beside it.
    if (column === 'team' && change.model !== undefined && typeof place.model === 'string') return true;
    return said === undefined || typeof here !== 'string' || foldValue(said) === foldValue(here);
  });
}

/** What a provider found odd on the same days, of the services and regions that carry the change. */
export async function providerFindings(
  context: Context,
  names: readonly string[],
  { first, last }: { readonly first: Day; readonly last: Day },
): Promise<ProviderFinding[]> {
  const items = await overlappingEvidence(context.store, 'anomaly', {
    start: addDays(first, -1),
    end: addDays(last, 1),
  });
  const wanted = names.map(foldValue);
  return items.flatMap(({ source, start, end, data }) => {
    const item = readItem(data);
    const said = item && foldValue([item.about, ...item.causes].join(' '));
    if (!item || !said || !wanted.some((name) => said.includes(name))) return [];
    return [{ source, start, end, about: item.about, impact: item.impact, currency: item.currency }];
  });
}

/** What a source kept of an anomaly, as far as it is there. */
function readItem(data: string) {
  const item: unknown = JSON.parse(data);
  if (typeof item !== 'object' || item === null) return undefined;
  const { about, impact, currency, causes } = item as Readonly<Record<string, unknown>>;
  if (typeof about !== 'string' || typeof impact !== 'string' || typeof currency !== 'string')
    return undefined;
  const services = (Array.isArray(causes) ? causes : []).flatMap((cause: unknown) =>
    typeof cause === 'object' && cause !== null
      ? Object.values(cause).filter((value) => typeof value === 'string')
      : [],
  );
  return { about, impact, currency, causes: services };
}
