/** A thread beside its channel. */
import type { ChannelView, MessageView } from '../wire.ts';
import { Composer } from './composer.tsx';
import { usePage } from './context.ts';
import { Message } from './message.tsx';
import { MessageList } from './message-list.tsx';

export function ThreadPane(props: { channel: ChannelView; parent: MessageView; onClose: () => void }) {
  const { snapshot } = usePage();
  const { channel, parent } = props;
  const replies = snapshot.messages.filter(
    ({ channel: of, threadTs }) => of === channel.id && threadTs === parent.ts,
  );
  return (
    <aside className="thread pane" aria-label="Thread" data-testid="thread">
      <header className="pane-header">
        <h2>Thread</h2>
        <span className="topic"># {channel.name}</span>
        <button type="button" className="icon-button" aria-label="Close the thread" onClick={props.onClose}>
          ✕
        </button>
      </header>
      <MessageList messages={replies}>
        <Message message={parent} compact={false} focused={false} />
        {parent.replyCount > 0 && (
          <div className="reply-divider">
            {parent.replyCount} {parent.replyCount === 1 ? 'reply' : 'replies'}
          </div>
        )}
      </MessageList>
      <Composer channel={channel} threadTs={parent.ts} />
    </aside>
  );
}
