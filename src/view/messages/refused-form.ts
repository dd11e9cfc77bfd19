/** A dialog that could not be taken as it was filled in: why, that nothing was changed, and a way back to it. */
import { bold, text, type View } from '../elements.ts';

export function composeRefusedForm(
  error: { readonly message: string; readonly hint?: string },
  form: { readonly form: string; readonly text: string; readonly slow: boolean },
): View {
  return {
    elements: [
      {
        kind: 'text',
        spans: [
          bold('What you sent was not taken, and nothing was changed: '),
          text([error.message, error.hint].filter(Boolean).join(' ')),
        ],
      },
      {
        kind: 'actions',
        buttons: [
          {
            label: 'Open the dialog again',
            action: { do: 'form', form: form.form, text: form.text, ...(form.slow && { slow: true }) },
          },
        ],
      },
    ],
  };
}
