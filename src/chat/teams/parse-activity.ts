/** What Teams posts, read into a TeamsActivity: shapes checked, unknown fields dropped, texts bounded. */
import * as z from 'zod';
import { withoutSlash } from './service-url.ts';
import type { TeamsActivity } from './types.ts';

/** Characters. Ids of Teams are around 150; what is longer than these is not one of its. */
const LONGEST_ID = 1000;
const LONGEST_NAME = 300;
/** A message holds some 28 KB of text; a question has fewer words. */
const LONGEST_TEXT = 20_000;
const MOST_ENTITIES = 100;
const MOST_MEMBERS = 1000;

const id = z
  .string()
  .regex(/^\P{Cc}+$/u)
  .max(LONGEST_ID);
const lowerId = id.transform((text) => text.toLowerCase());
/** Display text: cut, and dropped where it is not text at all. */
const shown = (longest: number) =>
  z
    .string()
    .transform((text) => text.slice(0, longest))
    .nullish()
    .catch(undefined);
/** Left out where it is not what it should be: nothing is decided by it. */
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().catch(undefined);

const Account = z.object({ id, aadObjectId: lowerId.nullish(), name: shown(LONGEST_NAME) });
const Mentioned = z.object({ id, aadObjectId: optional(lowerId), name: shown(LONGEST_NAME) });
const Entity = z.object({ type: id, text: shown(LONGEST_TEXT), mentioned: optional(Mentioned) });
const Named = z.object({ id, name: shown(LONGEST_NAME) });

const ChannelData = z.object({
  tenant: z.object({ id: lowerId }).nullish(),
  channel: optional(Named),
  teamsChannelId: optional(id),
  team: optional(Named.extend({ aadGroupId: optional(lowerId) })),
  eventType: optional(id),
});

const Activity = z.object({
  channelId: z.literal('msteams'),
  type: id,
  name: id.nullish(),
  id: id.nullish(),
  timestamp: z.string().max(40).nullish(),
  serviceUrl: id,
  from: Account,
  recipient: Named,
  conversation: z.object({
    id,
    conversationType: optional(id),
    tenantId: lowerId.nullish(),
    name: shown(LONGEST_NAME),
  }),
  channelData: ChannelData.nullish(),
  text: shown(LONGEST_TEXT),
  value: z.unknown().optional(),
  replyToId: optional(id),
  entities: optional(z.array(z.unknown()).max(MOST_ENTITIES)),
  membersAdded: optional(z.array(Account).max(MOST_MEMBERS)),
  membersRemoved: optional(z.array(Named).max(MOST_MEMBERS)),
  action: optional(id),
});

export type ParsedActivity =
  | { readonly ok: true; readonly activity: TeamsActivity; readonly rawServiceUrl: string }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads the JSON of a request. `rawServiceUrl` is the address letter by letter, as a token's claim repeats it.
 * A problem names fields only, never what is in them.
 */
export function parseActivity(body: unknown): ParsedActivity {
  const { success, data, error } = Activity.safeParse(body);
  if (!success) {
    const fields = error.issues.map(({ path }) => path.join('.') || 'body');
    return { ok: false, problem: `not an activity of Teams: ${[...new Set(fields)].slice(0, 5).join(', ')}` };
  }
  const { channelData, entities, conversation, timestamp, value } = data;
  const time = timestamp ? Date.parse(timestamp) : Number.NaN;
  const channel = channelData?.channel ?? (channelData?.teamsChannelId && { id: channelData.teamsChannelId });
  const activity: TeamsActivity = present({
    type: data.type,
    name: data.name,
    id: data.id,
    timestamp: Number.isNaN(time) ? undefined : time,
    serviceUrl: withoutSlash(data.serviceUrl),
    from: present(data.from),
    recipient: present(data.recipient),
    conversation: present(conversation),
    tenantId: channelData?.tenant?.id,
    channel: channel ? present(channel) : undefined,
    team: channelData?.team ? present(channelData.team) : undefined,
    text: data.text,
    value: value ?? undefined,
    replyToId: data.replyToId,
    entities: entities?.flatMap(readEntity),
    membersAdded: data.membersAdded?.map(present),
    membersRemoved: data.membersRemoved?.map(present),
    action: data.action,
    eventType: channelData?.eventType,
  });
  return { ok: true, activity, rawServiceUrl: data.serviceUrl };
}

function readEntity(entity: unknown): NonNullable<TeamsActivity['entities']> {
  const { data } = Entity.safeParse(entity);
  return data ? [present({ ...data, mentioned: data.mentioned ? present(data.mentioned) : undefined })] : [];
}

type Present<T> = { [K in keyof T]: Exclude<T[K], null> };

/** Without the fields that hold nothing. */
function present<T extends object>(fields: T): Present<T> {
  const held = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(held) as Present<T>;
}
