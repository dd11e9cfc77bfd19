/** Every message of the product with fixed inputs, made by the real commands and flows; the same for each platform. */
import type { Button, Form, View } from '../../src/view/elements.ts';
import { formWithTypedCommands, withTypedCommands } from '../../src/view/typed-commands.ts';
import { sampleActions } from './sample-views/acting.ts';
import { sampleAnswers } from './sample-views/answers.ts';
import type { Samples } from './sample-views/collect.ts';
import { sampleNotices, sampleReports } from './sample-views/telling.ts';

/** Takes about three seconds. Nothing in it depends on the day or on chance. */
export async function sampleViews(): Promise<Samples> {
  const all = [await sampleAnswers(), await sampleActions(), await sampleReports(), await sampleNotices()];
  return {
    views: Object.assign({}, ...all.map(({ views }) => views)),
    forms: Object.assign({}, ...all.map(({ forms }) => forms)),
  };
}

/** As it would be registered for a platform: typed commands are that platform's, and buttons have ids by number. */
export function registered(view: View, platform: string): View {
  const register = numbering();
  const { elements, mine } = withTypedCommands(view, { platform });
  return {
    elements: elements.map((element) =>
      element.kind === 'actions' ? { ...element, buttons: element.buttons.map(register) } : element,
    ),
    ...(mine && { mine: { ...mine, button: register(mine.button) } }),
  };
}

export function registeredForm(form: Form, platform: string): Form {
  const { body, ...rest } = formWithTypedCommands(form, { platform });
  return { ...rest, id: 'form-1', ...(body && { body: registered({ elements: body }, platform).elements }) };
}

function numbering(): (button: Button) => Button {
  let count = 0;
  return (button) => {
    count += 1;
    return { ...button, id: `b-${count}` };
  };
}
