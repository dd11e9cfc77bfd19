/** The unseen key of a message: Slack keeps it beside the text, and a later look into the channel finds it again. */
import type { MessageMetadata } from '@slack/types';
import { AppError } from '../../core/errors.ts';
import { limits } from './limits.ts';

const EVENT_TYPE = 'pennywatch_message';

/** A message in a channel's history. */
export interface Post {
  readonly ts: string;
  /** Undefined for messages that are not ours or carry no key. */
  readonly key: string | undefined;
  /** It has a key, which Slack does not let us read. */
  readonly hidden: boolean;
}

export interface PostPage {
  readonly posts: readonly Post[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: string;
}

/** Throws INTERNAL for a key no message could carry. */
export function keyMetadata(key: string): MessageMetadata {
  if (key.length > limits.metadataKey)
    throw new AppError('INTERNAL', `A message's key has ${key.length} characters.`);
  return { event_type: EVENT_TYPE, event_payload: { key } };
}

export function readPosts(page: {
  readonly messages?: readonly {
    readonly ts?: string;
    readonly metadata?: { readonly event_type?: string; readonly event_payload?: unknown };
  }[];
  readonly response_metadata?: { readonly next_cursor?: string };
}): PostPage {
  const next = page.response_metadata?.next_cursor;
  return {
    posts: (page.messages ?? []).flatMap(({ ts, metadata }) => {
      if (!ts) return [];
      const ours = metadata?.event_type === EVENT_TYPE;
      const key = ours ? readKey(metadata.event_payload) : undefined;
      return [{ ts, key, hidden: ours && key === undefined }];
    }),
    ...(next ? { next } : {}),
  };
}

function readKey(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('key' in payload)) return undefined;
  return typeof payload.key === 'string' ? payload.key : undefined;
}
