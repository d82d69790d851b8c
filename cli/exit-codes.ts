/** What the exit status of every command means. */
export const exitCodes = {
  fine: 0,
  /** The configuration has findings of severity error. */
  findings: 1,
  /** `--exit-code` was given and there is something to change. */
  pending: 2,
  /** The deployment failed and was rolled back. */
  rolledBack: 3,
  /** The deployment failed and a person has to look. */
  failed: 4,
  /** Refused before anything was done. */
  refused: 5,
  usage: 64,
  /** A service that is needed does not answer. */
  unavailable: 69,
  internal: 70,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
