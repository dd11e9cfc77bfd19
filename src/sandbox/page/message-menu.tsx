/** What can be chosen for a message: replying, and the shortcuts of the app. */
import type { MessageView } from '../wire.ts';
import { usePage } from './context.ts';
import { explain } from './explain.ts';
import { MoreIcon, ReplyIcon } from './icons.tsx';
import { chooseShortcut } from './server.ts';
import { useMenu } from './use-menu.ts';

export function MessageTools(props: {
  message: MessageView;
  onThread?: ((ts: string) => void) | undefined;
  onProblem: (problem: string) => void;
}) {
  const { snapshot } = usePage();
  const { open, setOpen, menu } = useMenu();
  const { message, onThread, onProblem } = props;

  async function choose(callbackId: string): Promise<void> {
    setOpen(false);
    onProblem('');
    const { channel, ts } = message;
    const { ok, error } = await chooseShortcut({ person: snapshot.me, channel, ts, callbackId });
    if (!ok) onProblem(explain(error, snapshot.bot.name));
  }

  return (
    <div className={`message-tools${open ? ' open' : ''}`} ref={menu}>
      {onThread && (
        <button
          type="button"
          aria-label="Reply in thread"
          title="Reply in thread"
          onClick={() => onThread(message.threadTs ?? message.ts)}
        >
          <ReplyIcon />
        </button>
      )}
      {snapshot.shortcuts.length > 0 && (
        <button
          type="button"
          aria-label="More actions for this message"
          title="More actions"
          aria-haspopup="menu"
          aria-expanded={open}
          data-testid="message-menu"
          onClick={() => setOpen(!open)}
        >
          <MoreIcon />
        </button>
      )}
      {open && (
        <div className="menu message-menu" role="menu">
          {snapshot.shortcuts.map(({ callbackId, name, description }) => (
            <button type="button" role="menuitem" key={callbackId} onClick={() => void choose(callbackId)}>
              <span>
                {name} <em>{snapshot.bot.name}</em>
              </span>
              <small>{description}</small>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
