/** Messages that people want in a team's next weekly report. */
import type { Day } from '../core/day.ts';
import type { Store, StoreTransaction } from './open.ts';

/** Where a message is, and whose report it is pinned for. */
export interface PinPlace {
  readonly platform: string;
  readonly channel: string;
  readonly messageId: string;
  readonly team: string;
}

export interface NewPin extends PinPlace {
  /** Plain text of the message, shortened. */
  readonly excerpt: string;
  /** Name of who wrote it; absent for our own messages. */
  readonly author?: string;
  /** The command whose answer it was, if it was one of ours. */
  readonly command?: string;
  /** As `actorKey` writes it. */
  readonly pinnedBy: string;
  readonly createdAt: Date;
}

export interface StoredPin extends NewPin {
  readonly id: number;
  /** First day of the week whose report carried it. */
  readonly reportedIn?: Day;
}

/** A team's pins that no report has carried yet, and those that `week`'s report carried, oldest first. */
export async function listPins(
  store: Store | StoreTransaction,
  team: string,
  week?: Day,
): Promise<readonly StoredPin[]> {
  const wanted = week === undefined ? [{ reportedIn: null }] : [{ reportedIn: null }, { reportedIn: week }];
  const rows = await store.pin.findMany({ where: { team, OR: wanted }, orderBy: { id: 'asc' } });
  return rows.map(toPin);
}

/** The pin of a message for a team, reported or not; undefined when there is none. */
export async function findPin(
  store: Store | StoreTransaction,
  { platform, channel, messageId, team }: PinPlace,
): Promise<StoredPin | undefined> {
  const row = await store.pin.findUnique({
    where: { platform_channel_messageId_team: { platform, channel, messageId, team } },
  });
  return row ? toPin(row) : undefined;
}

/** The pin with this id; undefined when there is none. */
export async function loadPin(store: Store | StoreTransaction, id: number): Promise<StoredPin | undefined> {
  const row = await store.pin.findUnique({ where: { id } });
  return row ? toPin(row) : undefined;
}

/** Writes a pin; one that was reported before waits for the next report again. */
export async function savePin(tx: StoreTransaction, pin: NewPin): Promise<StoredPin> {
  const { platform, channel, messageId, team, ...rest } = pin;
  const key = { platform, channel, messageId, team };
  const data = { ...rest, author: rest.author ?? null, command: rest.command ?? null, reportedIn: null };
  const row = await tx.pin.upsert({
    where: { platform_channel_messageId_team: key },
    create: { ...key, ...data },
    update: data,
  });
  return toPin(row);
}

/** Removes a pin; false when it is gone already. */
export async function removePin(tx: StoreTransaction, id: number): Promise<boolean> {
  return (await tx.pin.deleteMany({ where: { id } })).count > 0;
}

/** Notes that the report of the week starting on `week` carries these pins. */
export async function markPinsReported(
  tx: StoreTransaction,
  ids: readonly number[],
  week: Day,
): Promise<void> {
  await tx.pin.updateMany({ where: { id: { in: [...ids] } }, data: { reportedIn: week } });
}

function toPin(row: {
  id: number;
  platform: string;
  channel: string;
  messageId: string;
  team: string;
  excerpt: string;
  author: string | null;
  command: string | null;
  pinnedBy: string;
  createdAt: Date;
  reportedIn: string | null;
}): StoredPin {
  const { author, command, reportedIn, ...rest } = row;
  return {
    ...rest,
    ...(author !== null && { author }),
    ...(command !== null && { command }),
    ...(reportedIn !== null && { reportedIn }),
  };
}
