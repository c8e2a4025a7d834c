/**
 * Told what went wrong where there is nobody to throw it at: in a listener, in a packet.
 *
 * @param error what was thrown
 * @param where what was being done, in a few words
 */
export type ErrorReporter = (error: unknown, where: string) => void;

/** The reporter of those who were given none. */
export const reportToConsole: ErrorReporter = (error, where) => {
  console.error(`Snorky: ${where}:`, error);
};

/** Tells a reporter of the page's, which may itself throw. */
export function tell(report: ErrorReporter, error: unknown, where: string): void {
  try {
    report(error, where);
  } catch (second) {
    reportToConsole(error, where);
    reportToConsole(second, "the error reporter threw");
  }
}

/** Runs code of the page's. What it throws, the reporter is told, and the rest goes on. */
export function guarded(code: () => void, where: string, report: ErrorReporter): void {
  try {
    code();
  } catch (error) {
    tell(report, error, where);
  }
}
