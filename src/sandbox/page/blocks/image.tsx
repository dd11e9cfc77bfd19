/** A picture, by address or by uploaded file; a click enlarges it. */
import { useState } from 'react';
import type { Block } from '../../wire.ts';
import { findPicture, usePage } from '../context.ts';
import type { ImageShape } from './shapes.ts';

export function Image({ block }: { block: Block }) {
  const { snapshot } = usePage();
  const shape = block as unknown as ImageShape;
  const [open, setOpen] = useState(true);
  const file = findPicture(snapshot, shape.slack_file);
  const title = shape.title?.text ?? file?.title;
  const url = file?.url ?? shape.image_url;
  return (
    <figure className="image-block">
      {title && (
        <figcaption>
          <button type="button" className="fold" aria-expanded={open} onClick={() => setOpen(!open)}>
            <span className="image-title">{title}</span>
            <span aria-hidden="true">{open ? '▾' : '▸'}</span>
          </button>
        </figcaption>
      )}
      {open &&
        (url ? <Picture url={url} alt={shape.alt_text} file={file} /> : <em>This picture is gone.</em>)}
    </figure>
  );
}

export function Picture(props: {
  url: string;
  alt: string;
  file?: { width?: number; height?: number } | undefined;
}) {
  const { enlarge } = usePage();
  const { url, alt, file } = props;
  return (
    <button
      type="button"
      className="picture"
      aria-label={`Enlarge: ${alt}`}
      onClick={() => enlarge({ url, alt })}
    >
      {/* The known size keeps the list from jumping while the picture loads. */}
      <img src={url} alt={alt} width={file?.width} height={file?.height} />
    </button>
  );
}
