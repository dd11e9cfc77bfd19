/** Whether two views read the same: the ids of their buttons do not count. */
import type { View } from '../../view/elements.ts';

export function sameView(a: View, b: View): boolean {
  return textOf(a) === textOf(b);
}

function textOf({ elements }: View): string {
  const bare = elements.map((element) =>
    element.kind === 'actions'
      ? { ...element, buttons: element.buttons.map(({ id: _id, ...button }) => button) }
      : element,
  );
  return JSON.stringify(bare);
}
