/** The commands that fit what is typed, above the composer. */
import type { CommandView } from '../wire.ts';
import { Avatar } from './avatar.tsx';
import { usePage } from './context.ts';

export function CommandMenu(props: {
  commands: readonly CommandView[];
  picked: number;
  onPick: (command: CommandView) => void;
}) {
  const { snapshot } = usePage();
  return (
    <div className="command-menu" role="listbox" aria-label="Commands" data-testid="command-menu">
      {props.commands.map((command, index) => (
        <button
          type="button"
          role="option"
          key={command.command}
          aria-selected={index === props.picked}
          onMouseDown={(event) => {
            event.preventDefault();
            props.onPick(command);
          }}
        >
          <Avatar person={snapshot.bot} size={30} />
          <span>
            <span>
              <strong>{command.command}</strong> <span className="usage">{command.usageHint}</span>
            </span>
            <small>{command.description}</small>
          </span>
          <em>{snapshot.bot.name}</em>
        </button>
      ))}
    </div>
  );
}
