/** A drawing for a button that has a name of its own. */
function Icon({ path }: { readonly path: string }) {
  return (
    <svg aria-hidden="true" className="icon" viewBox="0 0 16 16">
      <path d={path} />
    </svg>
  );
}

export function PencilIcon() {
  return <Icon path="M10.5 2.8l2.7 2.7L5.7 13H3v-2.7z" />;
}

export function CrossIcon() {
  return <Icon path="M4 4l8 8M12 4l-8 8" />;
}

export function UpIcon() {
  return <Icon path="M8 13V3.5M4 7.5l4-4 4 4" />;
}

export function DownIcon() {
  return <Icon path="M8 3v9.5M4 8.5l4 4 4-4" />;
}
