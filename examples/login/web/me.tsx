interface Props {
  readonly name: string;
  readonly exit: () => void;
}

/** Who the page is, at its top. */
export function Me({ name, exit }: Props) {
  return (
    <p className="me">
      <strong>{name}</strong>
      <button type="button" className="quiet" onClick={exit}>
        Change name
      </button>
    </p>
  );
}
