/** A picture as large as the window allows. */
import { useEffect, useRef } from 'react';

export interface Enlarged {
  readonly url: string;
  readonly alt: string;
}

export function Lightbox({ picture, onClose }: { picture: Enlarged; onClose: () => void }) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className="lightbox"
      aria-label={picture.alt}
      data-testid="lightbox"
      onClose={onClose}
    >
      <button type="button" className="lightbox-close" aria-label="Close the picture" onClick={onClose}>
        <img src={picture.url} alt={picture.alt} />
      </button>
    </dialog>
  );
}
