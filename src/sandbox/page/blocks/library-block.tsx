/** Blocks and texts drawn by slack-blocks-to-jsx, with our names for people, groups and dates. */
import { useMemo } from 'react';
import { Message, type Block as SlackBlock } from 'slack-blocks-to-jsx';
import type { Block } from '../../wire.ts';
import { findAuthor, usePage } from '../context.ts';
import { slackDate } from '../time.ts';

/** Kept as long as nothing it shows has changed: parsing every message again on every event would be slow. */
export function LibraryBlock({ block }: { block: Block }) {
  const { snapshot, theme } = usePage();
  const { people, bot, channels, usergroups, me } = snapshot;
  return useMemo(
    () => (
      <Message
        withoutWrapper
        theme={theme}
        logo=""
        name=""
        // The server has checked the block; the library's type is a union of the same shapes.
        blocks={[block as unknown as SlackBlock]}
        data={{
          users: [...people, bot].map(({ id, name }) => ({ id, name })),
          channels: channels.map(({ id, name }) => ({ id, name })),
          user_groups: usergroups.map(({ id, handle }) => ({ id, name: handle })),
        }}
        hooks={{
          user: ({ id }) => (
            <span className={`mention${id === me ? ' mention-me' : ''}`}>
              @{findAuthor({ people, bot }, id).name}
            </span>
          ),
          usergroup: ({ id }) => (
            <span className="mention">@{usergroups.find((group) => group.id === id)?.handle ?? id}</span>
          ),
          date: ({ timestamp, format }) => <span>{slackDate(timestamp, format)}</span>,
          link: ({ href, children }) => (
            <a href={safeHref(href)} target="_blank" rel="noreferrer noopener">
              {children}
            </a>
          ),
        }}
      />
    ),
    [block, theme, people, bot, channels, usergroups, me],
  );
}

/** Never a script: only addresses a browser may open from a chat. */
export function safeHref(href: string): string | undefined {
  return /^(https?:|mailto:)/i.test(href) ? href : undefined;
}
