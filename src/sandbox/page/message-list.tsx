/** Messages with day dividers; stays at the newest one unless somebody has scrolled up. */
import { Fragment, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import type { MessageView } from '../wire.ts';
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
  const { messages, focus, onThread } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const latest = messages.at(-1)?.ts;

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
    if (latest && scroller.current && atEnd.current)
      scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [latest]);
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
        atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
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
