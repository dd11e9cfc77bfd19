/** A button: a spinner while the app is working on it. */

import { safeHref } from './library-block.tsx';
import type { ElementProps } from './shapes.ts';

export function Button({ element, busy, choose }: ElementProps) {
  const text = element.text?.text ?? '';
  const press = (): void => {
    const address = element.url && safeHref(element.url);
    if (address) window.open(address, '_blank', 'noopener');
    choose({
      type: 'button',
      text: element.text,
      ...(element.value === undefined ? {} : { value: element.value }),
      ...(element.style ? { style: element.style } : {}),
    });
  };
  return (
    <button
      type="button"
      className={`slack-button ${element.style ?? ''}`}
      aria-label={element.accessibility_label}
      aria-busy={busy}
      disabled={busy}
      data-action-id={element.action_id}
      onClick={press}
    >
      <span className="button-text">{text}</span>
      {busy && <span className="spinner" aria-hidden="true" />}
    </button>
  );
}
