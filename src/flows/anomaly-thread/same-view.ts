/** Whether two views read the same, for everybody: the ids of their buttons do not count. */
import type { Button, View } from '../../view/elements.ts';

export function sameView(a: View, b: View): boolean {
  return textOf(a) === textOf(b);
}

function textOf({ elements, mine }: View): string {
  const bare = elements.map((element) =>
    element.kind === 'actions' ? { ...element, buttons: element.buttons.map(withoutId) } : element,
  );
  return JSON.stringify([bare, mine && { ...mine, button: withoutId(mine.button) }]);
}

function withoutId({ id: _id, ...button }: Button): Omit<Button, 'id'> {
  return button;
}
