/** An answer as others see it: who shared it, and no button to share it again. */
import { text, type View } from '../elements.ts';

export function composeShared(view: View, who: string, command: string): View {
  const elements = view.elements.map((element) =>
    element.kind === 'actions'
      ? { ...element, buttons: element.buttons.filter((button) => button.action.do !== 'share') }
      : element,
  );
  return {
    elements: [...elements, { kind: 'context', spans: [text(`${who} shared `), text(`/cost ${command}`)] }],
  };
}
