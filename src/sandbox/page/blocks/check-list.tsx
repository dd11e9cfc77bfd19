/** Checkboxes, radio buttons, and selects of several options. */
import { useId } from 'react';
import { allOptions, type ElementProps, type Option } from './shapes.ts';

export function CheckList({ element, label, value, busy, choose }: ElementProps) {
  const group = useId();
  const single = element.type === 'radio_buttons';
  const initial = single ? [element.initial_option] : (element.initial_options ?? []);
  const given = value ? (single ? [value.selected_option] : (value.selected_options as unknown[])) : initial;
  const chosen = new Set(given.map((one) => (one as Option | undefined)?.value));
  const toggle = (option: Option, on: boolean): void => {
    if (single) {
      choose({ type: element.type, selected_option: option });
      return;
    }
    const selected = allOptions(element).filter((one) =>
      one.value === option.value ? on : chosen.has(one.value),
    );
    choose({ type: element.type, selected_options: selected });
  };
  // A menu of several shows what is chosen; all of it stands open here.
  const menu = element.type === 'multi_static_select';
  return (
    <>
      {menu && (
        <div className="chosen-count">
          {chosen.size} of {allOptions(element).length} chosen
        </div>
      )}
      <fieldset className={menu ? 'check-list chooser' : 'check-list'} aria-label={label}>
        {allOptions(element).map((option) => (
          <label key={option.value}>
            <input
              type={single ? 'radio' : 'checkbox'}
              name={`${group}${element.action_id}`}
              checked={chosen.has(option.value)}
              disabled={busy}
              onChange={(event) => toggle(option, event.target.checked)}
            />
            <span>
              {option.text.text}
              {option.description && <small>{option.description.text}</small>}
            </span>
          </label>
        ))}
      </fieldset>
    </>
  );
}
