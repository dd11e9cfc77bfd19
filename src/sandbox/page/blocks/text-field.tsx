/** Typed input: text, number, address, date, time. */
import type { ElementProps, InteractiveElement } from './shapes.ts';

interface Kind {
  readonly html: string;
  /** The field of Slack's value that carries what was typed. */
  readonly field: string;
}

const TEXT: Kind = { html: 'text', field: 'value' };
const KINDS: Readonly<Record<string, Kind>> = {
  email_text_input: { html: 'email', field: 'value' },
  url_text_input: { html: 'url', field: 'value' },
  number_input: { html: 'number', field: 'value' },
  datepicker: { html: 'date', field: 'selected_date' },
  timepicker: { html: 'time', field: 'selected_time' },
};

export function TextField({ element, label, value, busy, choose }: ElementProps) {
  const { html, field } = KINDS[element.type] ?? TEXT;
  const shared = {
    'aria-label': label,
    'data-action-id': element.action_id,
    value: String((value ? value[field] : initialValue(element)) ?? ''),
    placeholder: element.placeholder?.text,
    minLength: element.min_length,
    maxLength: element.max_length,
    disabled: busy,
    onChange: (event: { target: { value: string } }) =>
      choose({ type: element.type, [field]: event.target.value || null }),
  };
  return element.multiline ? (
    <textarea className="text-field" rows={4} {...shared} />
  ) : (
    <input className="text-field" type={html} {...shared} />
  );
}

function initialValue(element: InteractiveElement): string {
  return element.initial_value ?? element.initial_date ?? element.initial_time ?? '';
}
