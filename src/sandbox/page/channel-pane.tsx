/** One channel: its name, its messages, the composer. The app's conversation also has its home. */
import type { ChannelView } from '../wire.ts';
import { AppHome } from './app-home.tsx';
import { Avatar } from './avatar.tsx';
import { Composer } from './composer.tsx';
import { usePage } from './context.ts';
import { MessageList } from './message-list.tsx';
import { Welcome } from './welcome.tsx';

export function ChannelPane(props: {
  channel: ChannelView;
  focus: string | undefined;
  home: boolean;
  unread: boolean;
  onHome: (home: boolean) => void;
  onMenu: () => void;
  onThread: (ts: string) => void;
}) {
  const { snapshot } = usePage();
  const { channel } = props;
  const direct = channel.kind === 'direct';
  const home = direct && props.home;
  const messages = snapshot.messages.filter(
    ({ channel: of, threadTs, alsoInChannel }) => of === channel.id && (!threadTs || alsoInChannel),
  );
  return (
    <main className="pane" aria-label={direct ? channel.name : `#${channel.name}`}>
      <header className="pane-header">
        <button
          type="button"
          className="icon-button only-narrow"
          aria-label="Open the menu"
          data-testid="menu"
          onClick={props.onMenu}
        >
          ☰
        </button>
        {direct && <Avatar person={snapshot.bot} size={24} />}
        <h2>
          {!direct && <span aria-hidden="true">{channel.kind === 'private' ? '🔒 ' : '# '}</span>}
          {channel.name}
        </h2>
        {channel.topic && <span className="topic">{channel.topic}</span>}
        {!direct && <Members channel={channel} />}
      </header>
      {direct && (
        <div className="tabs" role="tablist">
          <button type="button" role="tab" aria-selected={home} onClick={() => props.onHome(true)}>
            Home
          </button>
          <button type="button" role="tab" aria-selected={!home} onClick={() => props.onHome(false)}>
            Messages
            {props.unread && home && <span className="tab-dot" title="New messages" />}
          </button>
        </div>
      )}
      {home ? (
        <AppHome />
      ) : (
        <>
          <MessageList messages={messages} focus={props.focus} onThread={props.onThread}>
            <Welcome channel={channel} empty={messages.length === 0} />
          </MessageList>
          <Composer channel={channel} />
        </>
      )}
    </main>
  );
}

function Members({ channel }: { channel: ChannelView }) {
  const { snapshot } = usePage();
  const members = snapshot.people.filter(({ id }) => channel.memberIds.includes(id));
  return (
    <span className="members" title={members.map(({ name }) => name).join(', ')}>
      {members.slice(0, 3).map((person) => (
        <Avatar key={person.id} person={person} size={22} />
      ))}
      <span>
        {channel.memberIds.length}
        <span className="sr-only"> members</span>
      </span>
    </span>
  );
}
