/** What the fields of a dialog hold when it opens, by name. */
import type { Form } from '../src/view/elements.ts';

export function initialValues(form: Form): Record<string, string | undefined> {
  return Object.fromEntries(
    form.fields.map((field) => [field.name, field.kind === 'checks' ? field.values.join(',') : field.value]),
  );
}
