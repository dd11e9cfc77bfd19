/** Whether a signed request has the shape that its kind has with Slack: only then is it worth looking into. */
import { z } from 'zod';
import { BUTTON_PREFIX } from './render-actions.ts';
import { FORM_CALLBACK } from './render-form.ts';
import { SHORTCUT_PREFIX } from './scopes.ts';

/** Of people, channels, workspaces, views. */
const id = z.string().regex(/^[\w-]{1,100}$/);
const optionalText = z.string().optional();
const team = z.looseObject({ id }).nullish();
const user = z.looseObject({ id, name: optionalText, team_id: id.optional() });
/** "1700000000.000100" */
const stamp = z.string().regex(/^\d{1,20}\.\d{1,10}$/);

const interactive = {
  team,
  user,
  response_url: z.url({ protocol: /^https?$/ }).optional(),
  trigger_id: optionalText,
};

const BlockActions = z.looseObject({
  ...interactive,
  type: z.literal('block_actions'),
  trigger_id: z.string(),
  channel: z.looseObject({ id }).optional(),
  container: z.looseObject({ thread_ts: stamp.optional() }),
  message: z.looseObject({ thread_ts: stamp.optional() }).optional(),
  view: z.looseObject({ id, type: z.string() }).optional(),
  actions: z
    .array(
      z.looseObject({
        type: z.string(),
        action_id: z.string().startsWith(BUTTON_PREFIX),
        block_id: optionalText,
        value: optionalText,
      }),
    )
    .min(1),
});

const ViewSubmission = z.looseObject({
  ...interactive,
  type: z.literal('view_submission'),
  view: z.looseObject({
    id,
    callback_id: z.literal(FORM_CALLBACK),
    private_metadata: z.string(),
    state: z.looseObject({ values: z.record(z.string(), z.record(z.string(), z.looseObject({}))) }),
  }),
});

const MessageAction = z.looseObject({
  ...interactive,
  type: z.literal('message_action'),
  callback_id: z.string().startsWith(SHORTCUT_PREFIX),
  channel: z.looseObject({ id }),
  message: z.looseObject({ ts: stamp, thread_ts: stamp.optional(), user: id.optional() }),
  response_url: z.url({ protocol: /^https?$/ }),
  trigger_id: z.string(),
});

const SlashCommand = z.looseObject({
  command: z.string(),
  text: optionalText,
  user_id: id,
  user_name: optionalText,
  team_id: id,
  channel_id: id,
  response_url: interactive.response_url,
  trigger_id: optionalText,
});

const said = {
  ts: stamp,
  thread_ts: stamp.optional(),
  channel: id,
  user: id.optional(),
  bot_id: id.nullish(),
};

const Event = z.looseObject({
  type: z.literal('event_callback'),
  team_id: id,
  event_id: z.string().max(200).optional(),
  authorizations: z
    .array(z.looseObject({ user_id: id.nullish(), team_id: id.nullish(), is_bot: z.boolean().optional() }))
    .nullish(),
  event: z.discriminatedUnion('type', [
    z.looseObject({ ...said, type: z.literal('app_mention'), text: optionalText }),
    z.looseObject({
      ...said,
      type: z.literal('message'),
      text: optionalText,
      channel_type: optionalText,
      subtype: optionalText,
    }),
    z.looseObject({ type: z.literal('app_home_opened'), user: id, channel: id, tab: optionalText }),
  ]),
});

/** One sentence about what is wrong with it; undefined for a request that can be answered. Anything may be given. */
export function misshapen(body: unknown): string | undefined {
  const shape = shapeOf(body);
  if (!shape) return 'It is of no kind that Pennywatch asked Slack for.';
  const checked = shape.safeParse(body);
  if (checked.success) return undefined;
  const [issue] = checked.error.issues;
  return `${issue?.path.join('.') || 'It'}: ${issue?.message ?? 'has another shape'}`;
}

function shapeOf(body: unknown): z.ZodType | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const type: unknown = Reflect.get(body, 'type');
  switch (type) {
    case 'block_actions':
      return BlockActions;
    case 'view_submission':
      return ViewSubmission;
    case 'message_action':
      return MessageAction;
    case 'event_callback':
      return Event;
    default:
      return 'command' in body ? SlashCommand : undefined;
  }
}
