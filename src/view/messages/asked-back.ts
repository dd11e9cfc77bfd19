/** A sentence that is not certain is asked back: why, and what may have been meant, as buttons. */
import { type Button, text, type View } from '../elements.ts';

/** Longest label; the button carries the whole command. */
const LABEL = 60;

export function composeAskedBack({ why, offers }: { why: string; offers: readonly string[] }): View {
  const buttons = offers.map(
    (command): Button => ({
      label: command.length > LABEL ? `${command.slice(0, LABEL - 1)}…` : command,
      action: { do: 'command', text: command },
    }),
  );
  const help: Button = { label: 'What can I ask?', action: { do: 'command', text: 'help' } };
  const ask = offers.length === 1 ? ' Did you mean this?' : offers.length > 1 ? ' Which do you mean?' : '';
  return {
    elements: [
      { kind: 'text', spans: [text(`${why}${ask}`)] },
      { kind: 'actions', buttons: [...buttons, help] },
    ],
  };
}
