/** A labelled input of a modal, with its hint and its problem. */
import type { Block } from '../../wire.ts';
import { Element } from './element.tsx';
import type { InteractiveElement, TextObject } from './shapes.ts';
import { useSurface } from './surface.ts';

export function Input({ block }: { block: Block }) {
  const { errors } = useSurface();
  const blockId = block.block_id ?? '';
  const label = (block.label as TextObject).text;
  const hint = (block.hint as TextObject | undefined)?.text;
  const problem = errors[blockId];
  return (
    <fieldset className={`input-block${problem ? ' input-wrong' : ''}`}>
      <legend>
        {label}
        {block.optional === true && <span className="optional"> (optional)</span>}
      </legend>
      <Element
        element={block.element as InteractiveElement}
        blockId={blockId}
        label={label}
        quiet={block.dispatch_action !== true}
      />
      {problem && (
        <div className="field-error" role="alert">
          {problem}
        </div>
      )}
      {hint && <div className="hint">{hint}</div>}
    </fieldset>
  );
}
