/** Messages with day dividers; stays at the newest one unless somebody has scrolled up. */
import { Fragment, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import type { MessageView } from '../wire.ts';
import { usePage } from './context.ts';
import { Message } from './message.tsx';
import { dayKey, dayLabel } from './time.ts';

const NEAR_END = 80;
/** Messages of one author within this time are drawn as a group. */
const GROUP_SECONDS = 300;

export function MessageList(props: {
  messages: readonly MessageView[];
  focus?: string | undefined;
  onThread?: (ts: string) => void;
  children?: ReactNode;
}) {
  const { snapshot } = usePage();
  const { messages, focus, onThread } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const lastTop = useRef(0);
  const newest = messages.at(-1);
  const latest = newest?.ts;
  const forMe = newest !== undefined && (newest.ephemeral || newest.user === snapshot.me);

  // Pictures and tables change the height after the message is drawn.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box || !content.current) return;
    const stick = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTop = box.scrollHeight;
    });
    stick.observe(content.current);
    return () => stick.disconnect();
  }, []);
  useLayoutEffect(() => {
    // What one has just written, and the answer to it, are always shown.
    if (latest && forMe) atEnd.current = true;
    if (latest && scroller.current && atEnd.current)
      scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [latest, forMe]);
  useEffect(() => {
    if (!focus) return;
    atEnd.current = false;
    scroller.current?.querySelector(`[data-ts="${CSS.escape(focus)}"]`)?.scrollIntoView({ block: 'center' });
  }, [focus]);

  return (
    <div
      className="messages"
      ref={scroller}
      role="log"
      aria-label="Messages"
      onScroll={({ currentTarget: box }) => {
        const near = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
        // Growing content also leaves the end; only going up is somebody's wish.
        if (near) atEnd.current = true;
        else if (box.scrollTop < lastTop.current) atEnd.current = false;
        lastTop.current = box.scrollTop;
      }}
    >
      <div ref={content} className="messages-content">
        {props.children}
        {messages.map((message, index) => {
          const before = messages[index - 1];
          const newDay = !before || dayKey(before.ts) !== dayKey(message.ts);
          return (
            <Fragment key={message.ts}>
              {newDay && (
                <div className="day">
                  <span>{dayLabel(message.ts)}</span>
                </div>
              )}
              <Message
                message={message}
                compact={!newDay && continues(before, message)}
                focused={message.ts === focus}
                onThread={onThread}
              />
            </Fragment>
          );
        })}
      </div>
    </div>
  );
}

function continues(before: MessageView, message: MessageView): boolean {
  return (
    before.user === message.user &&
    !before.ephemeral &&
    !message.ephemeral &&
    Number(message.ts) - Number(before.ts) < GROUP_SECONDS
  );
}
