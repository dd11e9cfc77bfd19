/** What a pipeline or a person may tell of a change; checked at the edge, for HTTP and terminal alike. */
import * as z from 'zod';
import { AppError } from '../../core/errors.ts';

export const CHANGE_KINDS = ['deploy', 'config', 'experiment', 'incident', 'other'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Events per request. */
export const MOST_EVENTS = 100;

function words(most: number) {
  const expected = `text of 1 to ${most} characters in one line`;
  return z
    .string({ error: expected })
    .trim()
    .refine((value) => value !== '' && value.length <= most && !/\p{Cc}/u.test(value), { error: expected });
}

const TIME = 'an ISO time with its zone, for example 2026-11-18T14:05:00Z';
const LINK = 'an https address of at most 500 characters, without a user name or password';

function isLink(value: string): boolean {
  if (value.length > 500 || /[\s\p{Cc}]/u.test(value) || !URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return protocol === 'https:' && username === '' && password === '';
}

export const ChangeInput = z.strictObject(
  {
    /** The sender's own: told twice it is one event. */
    id: words(200).optional(),
    at: z.iso.datetime({ offset: true, error: TIME }).optional(),
    kind: z.enum(CHANGE_KINDS, { error: `one of ${CHANGE_KINDS.join(', ')}` }).default('deploy'),
    title: words(200),
    team: words(100).optional(),
    model: words(100).optional(),
    service: words(100).optional(),
    environment: words(60).optional(),
    version: words(60).optional(),
    url: z.string({ error: LINK }).refine(isLink, { error: LINK }).optional(),
    sender: words(80).optional(),
  },
  {
    error: (issue) =>
      issue.code === 'invalid_type' ? 'an object with title, and id, at, kind, team, model …' : undefined,
  },
);
export type ChangeInput = z.infer<typeof ChangeInput>;

/** One event or a list of them. Throws INVALID that names the first place that is wrong. */
export function parseChanges(body: unknown): ChangeInput[] {
  const list: readonly unknown[] = Array.isArray(body) ? body : [body];
  if (list.length === 0 || list.length > MOST_EVENTS)
    throw new AppError(
      'INVALID',
      `Found ${list.length} events, expected 1 to ${MOST_EVENTS} in one request.`,
    );
  return list.map((item, index) => {
    const parsed = ChangeInput.safeParse(item);
    if (parsed.success) return parsed.data;
    throw invalid(parsed.error, Array.isArray(body) ? [index] : []);
  });
}

function invalid(error: z.ZodError, prefix: readonly PropertyKey[]): AppError {
  const [issue] = error.issues;
  const path = [...prefix, ...(issue?.path ?? [])].map(String).join('.');
  const hint = `Keys are ${Object.keys(ChangeInput.shape).join(', ')}; only title is required.`;
  if (issue?.code === 'unrecognized_keys')
    return new AppError(
      'INVALID',
      `${path === '' ? '' : `${path}: `}unknown key ${issue.keys.map((key) => JSON.stringify(key.slice(0, 60))).join(', ')}.`,
      { hint },
    );
  return new AppError('INVALID', `${path === '' ? 'The event' : path}: expected ${issue?.message}.`, {
    hint,
  });
}
