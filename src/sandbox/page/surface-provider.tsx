/** Lets the elements of a message or of the home act, and says when that fails. */
import { type ReactNode, useState } from 'react';
import type { FormValues } from '../wire.ts';
import { type ElementUse, SurfaceContext } from './blocks/surface.ts';
import { usePage } from './context.ts';
import { explain } from './explain.ts';
import { withValue } from './form-values.ts';
import { sendAction } from './server.ts';

export function SurfaceProvider(props: {
  place: { channel: string; ts: string } | { viewId: string };
  children: ReactNode;
}) {
  const { snapshot } = usePage();
  const [values, setValues] = useState<FormValues>({});
  const [busy, setBusy] = useState('');
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});

  async function act(use: ElementUse): Promise<void> {
    const filled = withValue(values, use);
    setValues(filled);
    setErrors({});
    setBusy(`${use.blockId}/${use.actionId}`);
    const answer = await sendAction({ person: snapshot.me, ...use, values: filled, ...props.place });
    setBusy('');
    if (!answer.ok) setErrors({ [use.blockId]: explain(answer.error, snapshot.bot.name) });
  }

  const surface = {
    values,
    errors,
    busy,
    fill: (use: ElementUse) => setValues(withValue(values, use)),
    act: (use: ElementUse) => void act(use),
  };
  const lost = Object.values(errors)[0];
  return (
    <SurfaceContext value={surface}>
      {props.children}
      {lost && (
        <div className="sr-only" role="status">
          {lost}
        </div>
      )}
    </SurfaceContext>
  );
}
