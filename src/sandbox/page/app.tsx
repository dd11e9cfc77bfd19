/** The whole page: who one is, which channel is open, what lies over it. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { PageEvent, Snapshot } from '../wire.ts';
import { ChannelPane } from './channel-pane.tsx';
import { Page } from './context.ts';
import { type Enlarged, Lightbox } from './lightbox.tsx';
import { ModalDialog } from './modal-dialog.tsx';
import { Sidebar } from './sidebar.tsx';
import { ThreadPane } from './thread-pane.tsx';
import { usePlace } from './use-place.ts';
import { useTheme } from './use-theme.ts';
import { useWorkspace } from './use-workspace.ts';

export function App() {
  const [person, setPerson] = useState(localStorage.getItem('person') ?? '');
  const [unread, setUnread] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef('');
  const onEvent = useCallback((event: PageEvent) => {
    // A change to an old message is nothing new to read.
    if (event.kind !== 'message' || event.message.ts <= latest.current) return;
    latest.current = event.message.ts;
    setUnread((before) => new Set(before).add(event.message.channel));
  }, []);
  const { snapshot, online, problem } = useWorkspace(person, onEvent);
  const become = (id: string): void => {
    localStorage.setItem('person', id);
    setUnread(new Set());
    setPerson(id);
  };

  // A person remembered from another workspace is not in this one.
  useEffect(() => {
    if (problem.startsWith('user_not_found')) setPerson('');
  }, [problem]);

  if (!snapshot) return <div className="loading">{problem || 'Loading…'}</div>;
  return (
    <Desk
      // Another person starts with a fresh desk: no half-written forms or open threads of the last one.
      key={snapshot.me}
      snapshot={snapshot}
      online={online}
      unread={unread}
      onRead={(channel) => setUnread((before) => new Set([...before].filter((id) => id !== channel)))}
      onBecome={become}
    />
  );
}

function Desk(props: {
  snapshot: Snapshot;
  online: boolean;
  unread: ReadonlySet<string>;
  onRead: (channel: string) => void;
  onBecome: (person: string) => void;
}) {
  const { snapshot, unread, onRead } = props;
  const [theme, toggleTheme] = useTheme();
  const [place, go] = usePlace(snapshot);
  const [drawer, setDrawer] = useState(false);
  const [picture, setPicture] = useState<Enlarged>();
  const channel = snapshot.channels.find(({ id }) => id === place.channel);
  const thread = snapshot.messages.find(({ channel: of, ts }) => of === place.channel && ts === place.thread);
  const modal = snapshot.modals.at(-1);

  useEffect(() => {
    document.title = snapshot.team.name;
  }, [snapshot.team.name]);
  useEffect(() => {
    if (unread.has(place.channel) && !place.home) onRead(place.channel);
  }, [unread, onRead, place.channel, place.home]);

  const page = useMemo(() => ({ snapshot, theme, enlarge: setPicture }), [snapshot, theme]);
  return (
    <Page value={page}>
      <div className={`desk${drawer ? ' drawer-open' : ''}${thread ? ' with-thread' : ''}`}>
        <Sidebar
          current={place.channel}
          unread={unread}
          onOpen={(id) => {
            // The app opens at its home, unless it has something to say.
            const direct = snapshot.channels.some((one) => one.id === id && one.kind === 'direct');
            go({ channel: id, home: direct && !unread.has(id) });
            setDrawer(false);
          }}
          onBecome={props.onBecome}
          onToggleTheme={toggleTheme}
          onClose={() => setDrawer(false)}
        />
        {drawer && (
          <button
            type="button"
            className="veil"
            aria-label="Close the menu"
            onClick={() => setDrawer(false)}
          />
        )}
        <div className="card">
          {!props.online && (
            <div className="offline" role="status">
              The workspace does not answer. Trying again…
            </div>
          )}
          <div className="panes">
            {channel ? (
              <ChannelPane
                key={channel.id}
                channel={channel}
                focus={place.message}
                home={place.home === true}
                unread={unread.has(channel.id)}
                onHome={(home) => go({ channel: channel.id, home })}
                onMenu={() => setDrawer(true)}
                onThread={(ts) => go({ channel: channel.id, thread: ts })}
              />
            ) : (
              <div className="loading">There is no such channel.</div>
            )}
            {channel && thread && (
              <ThreadPane
                key={thread.ts}
                channel={channel}
                parent={thread}
                onClose={() => go({ channel: channel.id })}
              />
            )}
          </div>
        </div>
      </div>
      {modal && <ModalDialog key={modal.id} modal={modal} />}
      {picture && <Lightbox picture={picture} onClose={() => setPicture(undefined)} />}
    </Page>
  );
}
