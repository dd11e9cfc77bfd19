/** Workspace, channels, the app, and the people one can be. */
import type { ChannelView } from '../wire.ts';
import { Avatar } from './avatar.tsx';
import { findAuthor, usePage } from './context.ts';
import { ThemeIcon } from './icons.tsx';

export function Sidebar(props: {
  current: string;
  unread: ReadonlySet<string>;
  onOpen: (channel: string) => void;
  onBecome: (person: string) => void;
  onToggleTheme: () => void;
  onClose: () => void;
}) {
  const { snapshot, theme } = usePage();
  const me = findAuthor(snapshot, snapshot.me);
  const direct = snapshot.channels.filter(({ kind }) => kind === 'direct');
  const channels = snapshot.channels.filter(({ kind }) => kind !== 'direct');
  const mine = channels.filter(({ memberIds }) => memberIds.includes(me.id));
  const others = channels.filter((channel) => !mine.includes(channel));
  const link = (channel: ChannelView) => (
    <ChannelLink
      key={channel.id}
      channel={channel}
      current={channel.id === props.current}
      unread={props.unread.has(channel.id)}
      onOpen={() => props.onOpen(channel.id)}
    />
  );
  return (
    <nav className="sidebar" aria-label="Workspace">
      <header className="workspace">
        <span className="workspace-icon" aria-hidden="true">
          {snapshot.team.name.slice(0, 1)}
        </span>
        <h1>{snapshot.team.name}</h1>
        <button
          type="button"
          className="icon-button"
          aria-label={theme === 'dark' ? 'Switch to the light theme' : 'Switch to the dark theme'}
          data-testid="theme"
          onClick={props.onToggleTheme}
        >
          <ThemeIcon theme={theme} />
        </button>
        <button
          type="button"
          className="icon-button only-narrow"
          aria-label="Close the menu"
          onClick={props.onClose}
        >
          ✕
        </button>
      </header>
      <div className="sidebar-scroll">
        <h2>Channels</h2>
        <ul>{mine.map(link)}</ul>
        {others.length > 0 && (
          <>
            <h2>More channels</h2>
            <ul>{others.map(link)}</ul>
          </>
        )}
        <h2>Apps</h2>
        <ul>{direct.map(link)}</ul>
        {snapshot.links.length > 0 && (
          <>
            <h2>Beside the workspace</h2>
            <ul>
              {snapshot.links.map(({ label, meaning, path }) => (
                <li key={path}>
                  <a className="channel-link" href={path} target="_blank" rel="noreferrer" title={meaning}>
                    <span className="channel-mark" aria-hidden="true">
                      ↗
                    </span>
                    <span>{label}</span>
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
        <h2>Be somebody else</h2>
        <ul>
          {snapshot.people
            .filter(({ id }) => id !== me.id)
            .map((person) => (
              <li key={person.id}>
                <button
                  type="button"
                  className="person"
                  data-testid={`person-${person.name}`}
                  title={person.title}
                  onClick={() => props.onBecome(person.id)}
                >
                  <Avatar person={person} size={20} />
                  <span className="person-name">{person.name}</span>
                  <span className="person-title">{person.title}</span>
                </button>
              </li>
            ))}
        </ul>
      </div>
      <footer className="me" data-testid="me" title={me.title}>
        <Avatar person={me} size={34} />
        <span>
          <small>You are</small>
          <strong>{me.name}</strong>
          <small>{me.title}</small>
        </span>
      </footer>
    </nav>
  );
}

function ChannelLink(props: { channel: ChannelView; current: boolean; unread: boolean; onOpen: () => void }) {
  const { snapshot } = usePage();
  const { channel, current, unread, onOpen } = props;
  const direct = channel.kind === 'direct';
  return (
    <li>
      <button
        type="button"
        className={`channel-link${current ? ' current' : ''}${unread && !current ? ' unread' : ''}`}
        aria-current={current ? 'page' : undefined}
        data-testid={`channel-${channel.name}`}
        onClick={onOpen}
      >
        {direct ? <Avatar person={snapshot.bot} size={20} /> : <ChannelMark kind={channel.kind} />}
        <span>{channel.name}</span>
        {unread && !current && <span className="sr-only">(unread)</span>}
      </button>
    </li>
  );
}

function ChannelMark({ kind }: { kind: ChannelView['kind'] }) {
  return (
    <span className="channel-mark" aria-hidden="true">
      {kind === 'private' ? '🔒' : '#'}
    </span>
  );
}
