/** Where people type: Enter sends, Shift-Enter breaks the line, "/" and "@" complete, ↑ recalls the last line. */
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { ChannelView } from '../wire.ts';
import { complete, isTyped, type Offer, offersFor } from './completion.ts';
import { CompletionMenu } from './completion-menu.tsx';
import { usePage } from './context.ts';
import { explain } from './explain.ts';
import { SendIcon } from './icons.tsx';
import { sendLine } from './server.ts';

const MAX_HEIGHT = 220;
/** Lines already sent in this visit, newest last; shared by all channels, as people recall commands. */
const sent: string[] = [];

export function Composer({ channel, threadTs }: { channel: ChannelView; threadTs?: string }) {
  const { snapshot } = usePage();
  const [text, setText] = useState('');
  const [recalled, setRecalled] = useState(0);
  const [picked, setPicked] = useState(0);
  const [closed, setClosed] = useState(false);
  const [problem, setProblem] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const [cursor, setCursor] = useState(0);
  const typed = text.slice(0, cursor);
  const offered = closed ? [] : offersFor(snapshot, typed);
  const hint = snapshot.commands.find(({ command }) => text === `${command} ` || text === command);
  const direct = channel.kind === 'direct';

  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = text === '' ? '' : `${Math.min(area.scrollHeight, MAX_HEIGHT)}px`;
  }, [text]);

  const write = (line: string, at = line.length): void => {
    setText(line);
    setCursor(at);
    setPicked(0);
    setClosed(false);
    setProblem('');
  };
  const send = (): void => {
    if (text.trim() === '') return;
    sent.push(text);
    setRecalled(0);
    write('');
    const line = { person: snapshot.me, channel: channel.id, text, ...(threadTs ? { threadTs } : {}) };
    void sendLine(line).then(({ ok, error }) => {
      if (!ok) setProblem(explain(error, snapshot.bot.name));
    });
  };
  const recall = (steps: number): void => {
    const next = Math.min(Math.max(recalled + steps, 0), sent.length);
    setRecalled(next);
    setText(next === 0 ? '' : (sent.at(-next) ?? ''));
    setClosed(true);
  };
  const choose = (offer: Offer): void => {
    const done = complete(text, cursor, offer);
    write(done.text, done.cursor);
    // The text field gets its new text with the next drawing; the cursor follows it.
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(done.cursor, done.cursor);
    });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const choice = offered[picked];
    const act = keyAction(event, choice !== undefined && !isTyped(typed, choice));
    if (!act) return;
    event.preventDefault();
    if (act === 'complete' && choice) choose(choice);
    else if (act === 'next') setPicked((picked + 1) % offered.length);
    else if (act === 'previous') setPicked((picked + offered.length - 1) % offered.length);
    else if (act === 'close') setClosed(true);
    else if (act === 'send') send();
    else if (act === 'older' || act === 'newer') recall(act === 'older' ? 1 : -1);
  };

  const place = threadTs ? 'Reply…' : `Message ${direct ? channel.name : `#${channel.name}`}`;
  return (
    <div className="composer-area">
      {offered.length > 0 && <CompletionMenu offers={offered} picked={picked} onPick={choose} />}
      {problem && (
        <div className="field-error" role="alert">
          {problem}
        </div>
      )}
      <form
        className="composer"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={place}
          aria-label={place}
          data-testid={threadTs ? 'thread-composer' : 'composer'}
          onChange={(event) => write(event.target.value, event.target.selectionStart)}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <div className="composer-bar">
          <button
            type="button"
            className="slash"
            aria-label="Commands"
            title="Commands"
            onClick={() => {
              write('/');
              field.current?.focus();
            }}
          >
            /
          </button>
          <button
            type="button"
            className="slash"
            aria-label={`Mention ${snapshot.bot.name}`}
            title={`Mention ${snapshot.bot.name}`}
            onClick={() => {
              write(`@${snapshot.bot.name} ${text}`);
              field.current?.focus();
            }}
          >
            @
          </button>
          <span className="composer-hint">
            {hint ? hint.usageHint : 'Enter to send · Shift+Enter for a new line'}
          </span>
          <button
            type="submit"
            className="send"
            aria-label="Send"
            data-testid="send"
            disabled={text.trim() === ''}
          >
            <SendIcon />
          </button>
        </div>
      </form>
    </div>
  );
}

type KeyAction = 'complete' | 'next' | 'previous' | 'close' | 'send' | 'older' | 'newer';

/** What a key does; undefined leaves it to the text field. */
function keyAction(event: KeyboardEvent<HTMLTextAreaElement>, choosing: boolean): KeyAction | undefined {
  const { key, shiftKey, currentTarget } = event;
  if (choosing) {
    if (key === 'Tab' || (key === 'Enter' && !shiftKey)) return 'complete';
    if (key === 'ArrowDown') return 'next';
    if (key === 'ArrowUp') return 'previous';
    if (key === 'Escape') return 'close';
  }
  if (key === 'Enter' && !shiftKey) return 'send';
  const recalling = currentTarget.value === '' || sent.includes(currentTarget.value);
  if (recalling && key === 'ArrowUp') return 'older';
  if (recalling && key === 'ArrowDown' && currentTarget.value !== '') return 'newer';
  return undefined;
}
