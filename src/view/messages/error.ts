/** Something could not be done: what, why, what to do instead. */
import { bold, type Span, text, type View } from '../elements.ts';

export function composeError(error: { readonly message: string; readonly hint?: string }): View {
  const spans: Span[] = [bold(error.message)];
  if (error.hint) spans.push(text(` ${error.hint}`));
  return { elements: [{ kind: 'text', spans }] };
}
