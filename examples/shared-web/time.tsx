/** A time of day. */
export function Time({ time }: { readonly time: Date }) {
  return (
    <time className="time" dateTime={time.toISOString()} title={time.toLocaleString()}>
      {time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}
    </time>
  );
}
