interface Props {
  /** What the server said. */
  readonly sentence: string;
  readonly comeBack: () => void;
}

/** Says why the server has hung up, and offers the way back. */
export function GoodBye({ sentence, comeBack }: Props) {
  return (
    <div className="alert" role="alert">
      <p>
        <strong>{sentence}</strong> What you write here is kept, and sent when you come back.
      </p>
      <button type="button" onClick={comeBack}>
        Use it here
      </button>
    </div>
  );
}
