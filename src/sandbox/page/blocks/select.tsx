/** Selects of options, people and channels. */
import { usePage } from '../context.ts';
import { allOptions, type ElementProps, type InteractiveElement, type Option } from './shapes.ts';

/** The field of Slack's value that says what was chosen. */
const CHOSEN: Readonly<Record<string, string>> = {
  users_select: 'selected_user',
  channels_select: 'selected_channel',
  conversations_select: 'selected_conversation',
};

export function Select({ element, label, value, busy, choose }: ElementProps) {
  const { snapshot } = usePage();
  const field = CHOSEN[element.type];
  const lists: Readonly<Record<string, readonly Option[]>> = {
    users_select: snapshot.people.map(({ id, name }) => option(id, name)),
    channels_select: snapshot.channels
      .filter(({ kind }) => kind !== 'direct')
      .map(({ id, name }) => option(id, `#${name}`)),
    conversations_select: snapshot.channels.map(({ id, name }) => option(id, name)),
  };
  const options = lists[element.type] ?? allOptions(element);
  const chosen = value ? chosenValue(value, field) : initialValue(element);
  const pick = (picked: string): void => {
    const found = options.find((one) => one.value === picked);
    if (field) choose({ type: element.type, [field]: picked || null });
    else choose({ type: element.type, selected_option: found ?? null });
  };
  return (
    <span className="select">
      <select
        aria-label={label}
        value={chosen}
        disabled={busy}
        data-action-id={element.action_id}
        onChange={(event) => pick(event.target.value)}
      >
        <option value="">{element.placeholder?.text ?? 'Select an option'}</option>
        {element.option_groups ? (
          element.option_groups.map((group) => (
            <optgroup key={group.label.text} label={group.label.text}>
              <Options options={group.options} />
            </optgroup>
          ))
        ) : (
          <Options options={options} />
        )}
      </select>
      {busy && <span className="spinner" aria-hidden="true" />}
    </span>
  );
}

function Options({ options }: { options: readonly Option[] }) {
  return options.map(({ value, text }) => (
    <option key={value} value={value}>
      {text.text}
    </option>
  ));
}

const option = (value: string, text: string): Option => ({ value, text: { type: 'plain_text', text } });

function chosenValue(value: Readonly<Record<string, unknown>>, field: string | undefined): string {
  if (field) return String(value[field] ?? '');
  return (value.selected_option as Option | null | undefined)?.value ?? '';
}

function initialValue(element: InteractiveElement): string {
  return (
    element.initial_option?.value ??
    element.initial_user ??
    element.initial_channel ??
    element.initial_conversation ??
    ''
  );
}
