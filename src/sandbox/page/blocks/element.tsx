/** One interactive element: asks to confirm if it must, then fills in or acts. */
import { useState } from 'react';
import type { ActionValue } from '../../wire.ts';
import { Button } from './button.tsx';
import { CheckList } from './check-list.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { Overflow } from './overflow.tsx';
import { Select } from './select.tsx';
import type { ElementProps, InteractiveElement } from './shapes.ts';
import { useSurface } from './surface.ts';
import { TextField } from './text-field.tsx';

/** `quiet`: only keep the value, as inputs do; otherwise the app hears of it at once. */
export function Element(props: {
  element: InteractiveElement;
  blockId: string;
  label?: string;
  quiet?: boolean;
}) {
  const { element, blockId, quiet } = props;
  const surface = useSurface();
  const [asking, setAsking] = useState<ActionValue>();
  const use = (action: ActionValue) => ({ blockId, actionId: element.action_id, action });
  const choose = (action: ActionValue): void => {
    if (quiet) surface.fill(use(action));
    else if (element.confirm) setAsking(action);
    else surface.act(use(action));
  };
  const given: ElementProps = {
    element,
    label: props.label ?? element.placeholder?.text ?? element.text?.text ?? element.type,
    value: surface.values[blockId]?.[element.action_id],
    busy: surface.busy === `${blockId}/${element.action_id}`,
    choose,
  };
  return (
    <>
      <ByType {...given} />
      {asking && element.confirm && (
        <ConfirmDialog
          confirm={element.confirm}
          onAnswer={(yes) => {
            setAsking(undefined);
            if (yes) surface.act(use(asking));
          }}
        />
      )}
    </>
  );
}

function ByType(props: ElementProps) {
  switch (props.element.type) {
    case 'button':
      return <Button {...props} />;
    case 'overflow':
      return <Overflow {...props} />;
    case 'checkboxes':
    case 'radio_buttons':
    case 'multi_static_select':
      return <CheckList {...props} />;
    case 'static_select':
    case 'users_select':
    case 'channels_select':
    case 'conversations_select':
      return <Select {...props} />;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
    case 'datepicker':
    case 'timepicker':
      return <TextField {...props} />;
    default:
      return <em className="unknown">The local workspace cannot show “{props.element.type}” yet.</em>;
  }
}
