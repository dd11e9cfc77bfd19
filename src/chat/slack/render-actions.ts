/** Buttons as Slack action blocks. A click brings back the opaque id, and whether its dialog takes a while. */
import type { KnownBlock, Button as SlackButton } from '@slack/types';
import { AppError } from '../../core/errors.ts';
import type { Button } from '../../view/elements.ts';
import { plainText } from './clip.ts';
import { limits } from './limits.ts';

/** `action_id`s of our buttons start so; the rest only keeps them apart within a message. */
export const BUTTON_PREFIX = 'button:';
const SLOW_PREFIX = `${BUTTON_PREFIX}slow:`;

/** Blocks of up to 25 buttons. Throws INTERNAL for a button that was never registered: it could not work. */
export function renderActions(buttons: readonly Button[], position: number): KnownBlock[] {
  const rendered = buttons.map((button, index) => renderButton(button, `${position}.${index}`));
  const blocks: KnownBlock[] = [];
  for (let start = 0; start < rendered.length; start += limits.actions.elements) {
    blocks.push({ type: 'actions', elements: rendered.slice(start, start + limits.actions.elements) });
  }
  return blocks;
}

/** Which form a click opens, if that takes so long that Slack must be shown something first. */
export function slowForm(actionId: string | undefined): string | undefined {
  if (!actionId?.startsWith(SLOW_PREFIX)) return undefined;
  return actionId.slice(SLOW_PREFIX.length).split(':')[0] || undefined;
}

function renderButton(button: Button, place: string): SlackButton {
  if (!button.id || button.id.length > limits.button.value) {
    throw new AppError('INTERNAL', `The button "${button.label}" has no usable id.`, {
      hint: 'Register the buttons of a view before it is rendered.',
    });
  }
  const { action } = button;
  return {
    type: 'button',
    action_id:
      action.do === 'form' && action.slow
        ? `${SLOW_PREFIX}${action.form}:${place}`
        : `${BUTTON_PREFIX}${place}`,
    text: plainText(button.label, limits.button.text),
    value: button.id,
    ...(button.style ? { style: button.style } : {}),
  };
}
