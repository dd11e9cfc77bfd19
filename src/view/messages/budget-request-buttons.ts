/** Buttons about budget requests. */

import { quoteName } from '../../core/question.ts';
import { type Scope, scopeKey } from '../../core/scope.ts';
import type { Button } from '../elements.ts';
import { countOf } from '../format.ts';

export function requestButton(scope?: Scope): Button {
  const words = scope ? `budget request ${quoteName(scopeKey(scope))}` : 'budget request';
  return { label: 'Request budget…', action: { do: 'form', form: 'budget-request', text: words } };
}

export function requestsButton(waiting: number): Button {
  return { label: countOf(waiting, 'open request'), action: { do: 'command', text: 'budget requests' } };
}

/** What an approver may click; the click is judged by who clicks. */
export function decisionButtons(id: number): Button[] {
  return [
    { label: 'Approve', style: 'primary', action: { do: 'command', text: `budget approve ${id}` } },
    { label: 'Decline…', action: { do: 'form', form: 'budget-decline', text: `budget decline ${id}` } },
  ];
}
