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
