/** Says above an answer which command a sentence was understood as, so that a wrong reading is seen. */
import { code, type Element, text, type View } from '../elements.ts';

/** The same message with the command right below its heading, before everything else of its small print. */
export function withUnderstood(view: View, command: string): View {
  const said: Element = { kind: 'context', spans: [text('Understood as '), code(`/cost ${command}`)] };
  const after = view.elements[0]?.kind === 'heading' ? 1 : 0;
  return { elements: [...view.elements.slice(0, after), said, ...view.elements.slice(after)] };
}
