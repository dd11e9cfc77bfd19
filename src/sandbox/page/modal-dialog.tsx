/** The visible modal: its blocks, what is filled in, and what the app says to it. */
import { useState } from 'react';
import type { FormValues, ModalView } from '../wire.ts';
import { Avatar } from './avatar.tsx';
import { BlockList } from './blocks/block-list.tsx';
import { type ElementUse, SurfaceContext } from './blocks/surface.ts';
import { usePage } from './context.ts';
import { Dialog } from './dialog.tsx';
import { explain } from './explain.ts';
import { findProblems, startValues, withValue } from './form-values.ts';
import { closeView, sendAction, submitView } from './server.ts';

export function ModalDialog({ modal }: { modal: ModalView }) {
  const { snapshot } = usePage();
  const [kept, setKept] = useState<FormValues>({});
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState('');
  const values = { ...kept, ...startValues(modal.blocks, kept) };
  const request = { person: snapshot.me, viewId: modal.id, values };

  async function submit(): Promise<void> {
    const found = findProblems(modal.blocks, values);
    setErrors(found);
    setProblem('');
    if (Object.keys(found).length > 0) return;
    setBusy('submit');
    const answer = await submitView(request);
    setBusy('');
    if (answer.errors) setErrors(answer.errors);
    else if (!answer.ok) setProblem(explain(answer.error, snapshot.bot.name));
  }

  async function act(use: ElementUse): Promise<void> {
    const filled = withValue(values, use);
    setKept(filled);
    setProblem('');
    setBusy(`${use.blockId}/${use.actionId}`);
    const answer = await sendAction({ person: snapshot.me, ...use, values: filled, viewId: modal.id });
    setBusy('');
    if (!answer.ok) setProblem(explain(answer.error, snapshot.bot.name));
  }

  const surface = {
    values,
    errors,
    busy,
    fill: (use: ElementUse) => setKept(withValue(values, use)),
    act: (use: ElementUse) => void act(use),
  };
  return (
    <Dialog
      title={modal.title}
      testId="modal"
      icon={<Avatar person={snapshot.bot} size={28} />}
      onClose={() => void closeView(request)}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="dialog-body">
          {problem && (
            <div className="dialog-problem" role="alert">
              {problem}
            </div>
          )}
          <SurfaceContext value={surface}>
            <BlockList blocks={modal.blocks} />
          </SurfaceContext>
        </div>
        <footer>
          <button type="button" className="slack-button" onClick={() => void closeView(request)}>
            {modal.close}
          </button>
          {modal.submit && (
            <button
              type="submit"
              className="slack-button filled"
              data-testid="modal-submit"
              disabled={busy === 'submit'}
            >
              {modal.submit}
              {busy === 'submit' && <span className="spinner" aria-hidden="true" />}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}
