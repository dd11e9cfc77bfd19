/** One message: author, blocks or text, files, and its thread. */
import { useState } from 'react';
import type { MessageView } from '../wire.ts';
import { Avatar } from './avatar.tsx';
import { BlockList } from './blocks/block-list.tsx';
import { Picture } from './blocks/image.tsx';
import { Text } from './blocks/text.tsx';
import { findAuthor, usePage } from './context.ts';
import { EyeIcon } from './icons.tsx';
import { MessageTools } from './message-menu.tsx';
import { SurfaceProvider } from './surface-provider.tsx';
import { clockTime, dayLabel, fullTime } from './time.ts';

export function Message(props: {
  message: MessageView;
  compact: boolean;
  focused: boolean;
  onThread?: ((ts: string) => void) | undefined;
}) {
  const { snapshot } = usePage();
  const { message, compact, onThread } = props;
  const [problem, setProblem] = useState('');
  const author = findAuthor(snapshot, message.user);
  const classes = [
    'message',
    message.ephemeral && 'ephemeral',
    compact && 'compact',
    props.focused && 'focused',
  ];
  const canThread = onThread && !message.ephemeral;
  return (
    <article
      className={classes.filter(Boolean).join(' ')}
      data-testid="message"
      data-ts={message.ts}
      data-ephemeral={message.ephemeral}
      aria-label={`${author.name}, ${clockTime(message.ts)}`}
    >
      <div className="gutter">
        {compact ? (
          <time title={fullTime(message.ts)}>{clockTime(message.ts).replace(/ [AP]M/, '')}</time>
        ) : (
          <Avatar person={author} size={36} />
        )}
      </div>
      <div className="message-body">
        {message.ephemeral && (
          <div className="only-you">
            <EyeIcon /> Only visible to you
          </div>
        )}
        {!compact && (
          <div className="byline">
            <strong>{author.name}</strong>
            {(message.app || author.id === 'USLACKBOT') && <span className="badge">APP</span>}
            <time title={fullTime(message.ts)}>{clockTime(message.ts)}</time>
          </div>
        )}
        <Content message={message} />
        {message.edited && <span className="edited">(edited)</span>}
        {problem && (
          <div className="field-error" role="alert">
            {problem}
          </div>
        )}
        {canThread && message.replyCount > 0 && (
          <ThreadLink message={message} onOpen={() => onThread(message.ts)} />
        )}
      </div>
      {!message.ephemeral && message.user !== 'USLACKBOT' && (
        <MessageTools message={message} onThread={onThread} onProblem={setProblem} />
      )}
    </article>
  );
}

function Content({ message }: { message: MessageView }) {
  return (
    <SurfaceProvider place={{ channel: message.channel, ts: message.ts }}>
      {message.blocks.length > 0 ? (
        <BlockList blocks={message.blocks} />
      ) : (
        message.text && <Text type="mrkdwn" text={message.text} />
      )}
      {message.files.map((file) =>
        file.mimetype.startsWith('image/') ? (
          <Picture key={file.id} url={file.url} alt={file.title} file={file} />
        ) : (
          <a key={file.id} className="file" href={file.url} download>
            {file.title}
          </a>
        ),
      )}
    </SurfaceProvider>
  );
}

function ThreadLink({ message, onOpen }: { message: MessageView; onOpen: () => void }) {
  const { snapshot } = usePage();
  const { replyCount, replyUsers, latestReply } = message;
  return (
    <button type="button" className="thread-link" data-testid="thread-link" onClick={onOpen}>
      {replyUsers.slice(0, 4).map((id) => (
        <Avatar key={id} person={findAuthor(snapshot, id)} size={24} />
      ))}
      <span className="reply-count">
        {replyCount} {replyCount === 1 ? 'reply' : 'replies'}
      </span>
      {latestReply && (
        <span className="last-reply">
          Last reply {dayLabel(latestReply).toLowerCase()} at {clockTime(latestReply)}
        </span>
      )}
    </button>
  );
}
