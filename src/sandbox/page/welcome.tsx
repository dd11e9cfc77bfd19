/** The beginning of a channel; while it is empty, it says what to try. */
import type { ChannelView } from '../wire.ts';
import { usePage } from './context.ts';
import { sendLine } from './server.ts';

export function Welcome({ channel, empty }: { channel: ChannelView; empty: boolean }) {
  const { snapshot } = usePage();
  const direct = channel.kind === 'direct';
  const examples = snapshot.commands.flatMap(examplesOf).slice(0, 6);
  const first = examples.find((line) => line.endsWith(' help')) ?? examples[0];
  return (
    <div className="welcome">
      <h3>{direct ? channel.name : `# ${channel.name}`}</h3>
      <p>
        {direct
          ? `This is the very beginning of your conversation with ${channel.name}.`
          : `You’re looking at the very beginning of the #${channel.name} channel. ${channel.topic}`}
      </p>
      {snapshot.links.map(({ label, meaning, path }) => (
        <p key={path}>
          <a href={path} target="_blank" rel="noreferrer">
            {label}
          </a>
          : {meaning}
        </p>
      ))}
      {empty && first && (
        <>
          <p>
            Try <code>{first}</code>, or one of these:
          </p>
          <div className="examples">
            {examples.map((text) => (
              <button
                type="button"
                key={text}
                className="slack-button"
                data-testid="example"
                onClick={() => void sendLine({ person: snapshot.me, channel: channel.id, text })}
              >
                {text}
              </button>
            ))}
          </div>
        </>
      )}
    </div>
  );
}

/** The command's own examples, or the parts of its usage hint that can be run as they stand. */
function examplesOf(command: { command: string; usageHint: string; examples: readonly string[] }): string[] {
  if (command.examples.length > 0) return [...command.examples];
  const hints = command.usageHint.split('|').map((part) => part.trim());
  return hints
    .filter((part) => part !== '' && !/[<>[\]{}…]/.test(part))
    .map((part) => `${command.command} ${part}`);
}
